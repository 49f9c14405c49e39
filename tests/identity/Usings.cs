global using ChatGenius.Identity;
global using ChatGenius.IdentityTests.Support;
global using Xunit;
