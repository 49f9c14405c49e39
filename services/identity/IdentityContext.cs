using System.Text.Json;
using ChatGenius.Identity.Accounts;
using ChatGenius.Identity.Profiles;
using ChatGenius.Identity.Sessions;
using ChatGenius.Identity.Tickets;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatGenius.Identity;

/// <summary>The identity service's own database.</summary>
internal class IdentityContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Profile> Profiles => Set<Profile>();
    public DbSet<EndedSessionRow> EndedSessions => Set<EndedSessionRow>();
    public DbSet<TicketRow> Tickets => Set<TicketRow>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(IdentityContext).Assembly);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        model.AddOwnedFeeds(Database);
        model.UseOpenIddict();
    }
}

/// <summary>The model with SQLite's migrations.</summary>
internal sealed class SqliteIdentityContext(DbContextOptions<SqliteIdentityContext> options) : IdentityContext(options)
{
    internal sealed class Design : IDesignTimeDbContextFactory<SqliteIdentityContext>
    {
        public SqliteIdentityContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteIdentityContext>().UseSqlite("Data Source=design.db").Options);
    }
}

/// <summary>The model with PostgreSQL's migrations.</summary>
internal sealed class PostgresIdentityContext(DbContextOptions<PostgresIdentityContext> options) : IdentityContext(options)
{
    internal sealed class Design : IDesignTimeDbContextFactory<PostgresIdentityContext>
    {
        public PostgresIdentityContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresIdentityContext>().UseNpgsql("Host=design").Options);
    }
}
