using ChatGenius.Channels;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(args, ChannelsModule.Module);
