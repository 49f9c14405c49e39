using ChatGenius.Host;
using ChatGenius.Host.Seeding;
using ChatGenius.Hosting.Administration;
using ChatGenius.Hosting.Applications;

var commands = new CommandLine("dotnet run --project host --", HostApplication.Modules, HostApplication.Build, (DemoWorkspace.Argument, "fill an empty host with a demo workspace, and run it"));
if (await commands.RunAsync(args) is { } code)
    return code;
var settings = args.Where(arg => arg != DemoWorkspace.Argument).ToArray();
if (settings.Length < args.Length && !await DemoWorkspace.SeedAsync(settings))
    await Console.Error.WriteLineAsync("This host holds something already, so --seed left it as it is. Give it an empty folder with ChatGenius__DataPath.");
return await ServiceApplication.RunAsync(() => HostApplication.Build(settings));
