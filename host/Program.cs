using ChatGenius.Host;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(() => HostApplication.Build(args));
