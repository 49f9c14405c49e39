global using System.Net;
global using System.Net.Http.Json;
global using System.Text.Json;
global using ChatGenius.EdgeTests.Support;
global using Microsoft.AspNetCore.Builder;
global using Microsoft.AspNetCore.Http;
global using Xunit;
