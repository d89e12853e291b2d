using System.Globalization;
using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>Completes the operator's connection string by the bounds and the durability that the log relies on.</summary>
internal sealed class PostgresSettings
{
    // A commit is often a megabyte, and each full buffer is a call to the system.
    private const int AppendBufferBytes = 128 << 10;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private readonly string _connectionString;
    private readonly PostgresStoreOptions _options;

    /// <exception cref="ArgumentException">The text is not a connection string, or names no server.</exception>
    public PostgresSettings(string connectionString, PostgresStoreOptions options)
    {
        _connectionString = connectionString;
        _options = options;
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(given.Host))
        {
            throw new ArgumentException("The connection string names no Host.", nameof(connectionString));
        }
        Server = given.Host.Contains(',', StringComparison.Ordinal) || given.Host.Contains(':', StringComparison.Ordinal)
            ? given.Host
            : string.Create(CultureInfo.InvariantCulture, $"{given.Host}:{given.Port}");
        Database = given.Database ?? given.Username ?? "postgres";
        User = given.Username ?? Environment.UserName;
    }

    public string Server { get; }

    public string Database { get; }

    public string User { get; }

    public PostgresStoreOptions Options => _options;

    /// <summary>Short-lived connections; each statement is bounded.</summary>
    public NpgsqlDataSource CreatePool() => Create(Complete(_options.CommandTimeout, _options.MaxConnections));

    /// <summary>The one connection that appends. Its plan is made once: making one for the values at hand would copy
    /// all the segments.</summary>
    public NpgsqlDataSource CreateForAppending()
    {
        var settings = Complete(_options.CommandTimeout, connections: 1);
        settings.Options += " -c plan_cache_mode=force_generic_plan";
        settings.WriteBufferSize = AppendBufferBytes;
        return Create(settings);
    }

    /// <summary>A connection for changes of the schema, which may wait and work for long.</summary>
    public NpgsqlDataSource CreateForSchema() => Create(Complete(_options.SchemaTimeout, connections: 1));

    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder settings)
    {
        if (!settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }
        settings.TargetSessionAttributes = null;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.ReadWrite);
    }

    private NpgsqlConnectionStringBuilder Complete(TimeSpan commandTimeout, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            Timeout = WholeSeconds(_options.ConnectTimeout),
            CommandTimeout = WholeSeconds(commandTimeout),
            CancellationTimeout = (int)_options.CancellationTimeout.TotalMilliseconds,
            MaxPoolSize = connections,
            MinPoolSize = 0,
            Pooling = true,
            Multiplexing = false,
            Enlist = false,
            TcpKeepAlive = true,
            TcpKeepAliveTime = WholeSeconds(KeepAlive),
            TcpKeepAliveInterval = WholeSeconds(KeepAlive),
        };
        settings.ApplicationName ??= "OrleansBilling";
        // The operator's own settings of the session win, except over durability: what is acknowledged is durable.
        settings.Options = $"{Session(commandTimeout)}{settings.Options} -c synchronous_commit=on";
        return settings;
    }

    // What the server does when this process has vanished: without it, a lost connection's locks stay for hours.
    private static string Session(TimeSpan commandTimeout)
    {
        var commandMs = (long)commandTimeout.TotalMilliseconds;
        var keepAliveMs = (long)KeepAlive.TotalMilliseconds;
        var keepAliveSeconds = WholeSeconds(KeepAlive);
        return string.Create(CultureInfo.InvariantCulture,
            $"-c statement_timeout={commandMs} -c lock_timeout={commandMs} " +
            $"-c idle_in_transaction_session_timeout={keepAliveMs} -c tcp_user_timeout={keepAliveMs} " +
            $"-c tcp_keepalives_idle={keepAliveSeconds} -c tcp_keepalives_interval={keepAliveSeconds} " +
            $"-c tcp_keepalives_count=3 ");
    }

    private static int WholeSeconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
