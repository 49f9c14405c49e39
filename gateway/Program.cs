using ChatGenius.Gateway;
using ChatGenius.Hosting.Administration;
using ChatGenius.Hosting.Applications;

InlineSockets.UseInProcess();
return await new CommandLine("dotnet run --project gateway --", [], GatewayApplication.Build).RunAsync(args) ?? await ServiceApplication.RunAsync(() => GatewayApplication.Build(args));
