using ChatGenius.Messages;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(args, MessagesModule.Module);
