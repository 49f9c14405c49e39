using ChatGenius.Realtime;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(args, RealtimeModule.Module);
