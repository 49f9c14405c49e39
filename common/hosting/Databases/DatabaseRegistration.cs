using System.Data.Common;
using ChatGenius.Hosting.Doctor;
using ChatGenius.Hosting.Feeds;
using ChatGenius.Hosting.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ChatGenius.Hosting.Databases;

/// <summary>Registers a service's database on whichever provider the deployment uses.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Adds <see cref="Database{TContext}"/>: PostgreSQL when <c>ConnectionStrings__Postgres</c> is set, else SQLite in <c>{DataPath}/{name}.db</c>.
    /// Migrations run at start, once, under the provider's lock; until then the service is not ready.
    /// </summary>
    /// <typeparam name="TContext">The model.</typeparam>
    /// <typeparam name="TSqlite">The model with SQLite's migrations.</typeparam>
    /// <typeparam name="TPostgres">The model with PostgreSQL's migrations.</typeparam>
    public static IHostApplicationBuilder AddServiceDatabase<TContext, TSqlite, TPostgres>(this IHostApplicationBuilder builder, string name,
        Action<DbContextOptionsBuilder>? configure = null)
        where TContext : DbContext
        where TSqlite : TContext
        where TPostgres : TContext
    {
        var postgres = builder.Configuration.GetConnectionString("Postgres");
        if (string.IsNullOrWhiteSpace(postgres))
            Add<TContext, TSqlite>(builder.Services, name, isSqlite: true, () => 0, (services, options) =>
            {
                var folder = FolderOf(services.GetRequiredService<IOptions<ChatGeniusSettings>>().Value);
                var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, name + ".db"), DefaultTimeout = 5 };
                options.UseSqlite(file.ToString()).AddInterceptors(SqliteSettings.Instance);
            }, configure);
        else
            Add<TContext, TPostgres>(builder.Services, name, isSqlite: false, () => new NpgsqlConnectionStringBuilder(postgres).MaxPoolSize, (_, options) => options.UseNpgsql(Tuned(postgres)), configure);
        return builder;
    }

    static string FolderOf(ChatGeniusSettings settings)
    {
        var folder = Path.GetFullPath(settings.DataPath);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException("ChatGenius", typeof(ChatGeniusSettings), [$"{refused.Message.TrimEnd('.')}. Set ChatGenius__DataPath to a folder that this process may make and write to."]);
        }
        return folder;
    }

    // Statements that come again are parsed and planned once for each connection, and no session leaves anything behind that would have to be reset. Left to itself PostgreSQL plans most of ours anew
    // each time, since it takes the lists in them for shorter than it would have to assume; planning was a third of its work. Who pools connections between here and the database in a way that forgets
    // statements says "Max Auto Prepare=0", and then plans are left alone, too.
    // A plan that is kept was mostly made while the tables were empty, when going through one seems cheapest; it would be gone through at each commit until PostgreSQL takes its statistics, a minute and
    // a hundred thousand rows later. What is asked for rows has an index, so that is the plan from the start. What is discouraged seems so dear that PostgreSQL would compile it, which pays for reports only.
    static string Tuned(string connection)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connection };
        if (!Has("Max Auto Prepare"))
        {
            settings["Max Auto Prepare"] = 100;
            if (!Has("Options"))
                settings["Options"] = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";
        }
        if (!Has("No Reset On Close"))
            settings["No Reset On Close"] = true;
        return settings.ConnectionString;

        bool Has(string name) => settings.ContainsKey(name) || settings.ContainsKey(name.Replace(" ", "", StringComparison.Ordinal));
    }

    static void Add<TContext, TProvider>(IServiceCollection services, string name, bool isSqlite, Func<int> pool,
        Action<IServiceProvider, DbContextOptionsBuilder> provider, Action<DbContextOptionsBuilder>? configure)
        where TContext : DbContext
        where TProvider : TContext
    {
        services.AddPooledDbContextFactory<TProvider>((s, options) =>
        {
            provider(s, options);
            configure?.Invoke(options);
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
        services.AddScoped<TContext>(s => s.GetRequiredService<IDbContextFactory<TProvider>>().CreateDbContext());
        services.AddSingleton(s => new Database<TContext>(name, isSqlite, s.GetRequiredService<IDbContextFactory<TProvider>>().CreateDbContext, pool(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OwnerEpoch<TContext>>();
        services.AddSingleton<DatabaseStart<TContext>>();
        services.AddSingleton<ICheck, DatabaseCheck<TContext>>();
        services.AddSingleton<IDatabaseStart>(s => s.GetRequiredService<DatabaseStart<TContext>>());
    }
}
