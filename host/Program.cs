using ChatGenius.Host;
using ChatGenius.Host.Seeding;
using ChatGenius.Hosting.Applications;

var settings = args.Where(arg => arg != DemoWorkspace.Argument).ToArray();
if (settings.Length < args.Length && !await DemoWorkspace.SeedAsync(settings))
    await Console.Error.WriteLineAsync("This host holds something already, so --seed left it as it is. Give it an empty folder with ChatGenius__DataPath.");
return await ServiceApplication.RunAsync(() => HostApplication.Build(settings));
