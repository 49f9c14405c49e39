using ChatGenius.TestSupport.Processes;
using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;
using Testcontainers.Redis;

namespace ChatGenius.TestSupport.Servers.Docker;

/// <summary>The servers as containers. Host ports are fixed before the start, since Docker gives a restarted container another random one.</summary>
static class Containers
{
    public static IServer Postgres()
    {
        var port = FreePort.Next();
        var container = new PostgreSqlBuilder(DockerEngine.ImageOf("PostgreSQL")).WithPortBinding(port, PostgreSqlBuilder.PostgreSqlPort)
            .WithWaitStrategy(Wait.ForUnixContainer()).Build();
        return new ContainerServer("PostgreSQL", container, container.GetConnectionString, Answers.Postgres);
    }

    public static IServer RabbitMq()
    {
        var port = FreePort.Next();
        var container = new RabbitMqBuilder(DockerEngine.ImageOf("RabbitMQ")).WithPortBinding(port, RabbitMqBuilder.RabbitMqPort)
            .WithWaitStrategy(Wait.ForUnixContainer()).Build();
        return new ContainerServer("RabbitMQ", container, container.GetConnectionString, Answers.RabbitMq);
    }

    public static IServer Redis()
    {
        var port = FreePort.Next();
        var container = new RedisBuilder(DockerEngine.ImageOf("Redis")).WithPortBinding(port, RedisBuilder.RedisPort)
            .WithWaitStrategy(Wait.ForUnixContainer()).Build();
        return new ContainerServer("Redis", container, container.GetConnectionString, Answers.Redis);
    }
}
