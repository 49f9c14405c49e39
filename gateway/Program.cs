using ChatGenius.Gateway;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(() => GatewayApplication.Build(args));
