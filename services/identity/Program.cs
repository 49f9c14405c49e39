using ChatGenius.Identity;
using ChatGenius.Hosting.Applications;

return await ServiceApplication.RunAsync(args, IdentityModule.Module);
