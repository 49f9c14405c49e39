global using System.Net;
global using System.Text.Json;
global using ChatGenius.Contracts;
global using ChatGenius.Contracts.Channels;
global using ChatGenius.Contracts.Feeds;
global using ChatGenius.TestSupport.Waiting;
global using Xunit;
global using ChatGenius.Feeds;
