global using System.Net;
global using System.Text.Json;
global using ChatGenius.Specs.Talking;
global using ChatGenius.TestSupport;
global using ChatGenius.TestSupport.Deployments;
global using ChatGenius.TestSupport.Waiting;
global using Xunit;
