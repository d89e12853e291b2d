using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OrleansBilling.Tests.Support;

/// <summary>How a server is asked to stop.</summary>
public enum PostgresStop
{
    /// <summary>Ends its connections, writes everything out and stops.</summary>
    Fast,

    /// <summary>Stops without writing anything out; the next start recovers from the write-ahead log.</summary>
    Immediate,
}

/// <summary>
/// A PostgreSQL server of the tests' own: its data in a temporary directory, on 127.0.0.1 at a port that stays the same
/// over restarts, with every commit synced. Making one takes about two seconds, so tests share it and take a database each.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    public const string Host = "127.0.0.1";
    public const string User = "billing";
    public const string Password = "not-a-secret";

    // Waits for the server's own lock file to go, ten seconds at most: its process may stay as a zombie.
    private const string GuardScript = """
        cat > /dev/null
        kill -QUIT "$0"
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -e "$1/data/postmaster.pid" ] && sleep 1; done
        rm -rf "$1"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("billing-pg-").FullName;
    private readonly Dictionary<string, string> _settings;
    private Process? _process;
    private Process? _guard;
    private int _databases;

    private PrivatePostgres(IReadOnlyDictionary<string, string>? settings) =>
        _settings = settings is null ? [] : new(settings);

    public int Port { get; } = FreePorts.Next();

    public string DataDirectory => Path.Combine(_directory, "data");

    /// <summary>What the server wrote, over all its starts.</summary>
    public string LogPath => Path.Combine(_directory, "server.log");

    /// <summary>Of the server; its children do the work.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Whether the server process runs, answering or not.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The settings the next start uses; for example <c>synchronous_commit</c>.</summary>
    public IDictionary<string, string> Settings => _settings;

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="settings">Settings of postgresql.conf beside the tests' own.</param>
    public static async Task<PrivatePostgres> StartNewAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = new PrivatePostgres(settings);
        try
        {
            await server.InitializeAsync();
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect; tests add their own options to it.</summary>
    public string ConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = User,
        Password = Password,
        Database = database,
    }.ConnectionString;

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement, past everything under test.</summary>
    /// <param name="connectionString">Null for the database 'postgres'.</param>
    public async Task ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> ReadAsync<T>(string sql, string? connectionString = null)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Starts the server, again if it was stopped, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = PostgresBinaries.Program("postgres", ["-D", DataDirectory, .. SettingArguments()]);
        _process = Process.Start(start)!;
        // Opened for each line, so that the log can be read, kept or removed at any time.
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _guard = StartGuard(_process.Id);
        await Wait.UntilAsync(AnswersAsync, $"PostgreSQL answers at port {Port}", Patience);
    }

    /// <summary>Stops the server and waits until it is gone; no matter if it does not run.</summary>
    public Task StopAsync(PostgresStop how = PostgresStop.Fast) => EndAsync(
        id => Signals.Send(id, how == PostgresStop.Fast ? Signals.Interrupt : Signals.Quit));

    /// <summary>Stops the server and starts it again on the same port.</summary>
    public async Task RestartAsync(PostgresStop how = PostgresStop.Fast)
    {
        await StopAsync(how);
        await StartAsync();
    }

    /// <summary>SIGKILL to every process of the server at once, as when its machine stops; waits until they are gone.</summary>
    public Task CrashAsync() => EndAsync(id =>
    {
        // Stopped first, so that it starts no other process between the look and the kill.
        Signals.Send(id, Signals.Stop);
        var all = Signals.ChildrenOf(id).Append(id).ToList();
        all.ForEach(one => Signals.Send(one, Signals.Kill));
    });

    /// <summary>SIGSTOP to every process of the server: connections stay, and nothing answers.</summary>
    public void Pause()
    {
        var id = _process!.Id;
        Signals.Send(id, Signals.Stop);
        foreach (var child in Signals.ChildrenOf(id))
        {
            Signals.Send(child, Signals.Stop);
        }
    }

    /// <summary>Lets a paused server go on.</summary>
    public void Resume()
    {
        var id = _process!.Id;
        foreach (var child in Signals.ChildrenOf(id))
        {
            Signals.Send(child, Signals.Continue);
        }
        Signals.Send(id, Signals.Continue);
    }

    /// <summary>Ends the server and removes everything of it, the log too.</summary>
    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The unprivileged user has to come through.
            File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        }
        Directory.CreateDirectory(DataDirectory);
        await PostgresBinaries.GiveAsync(DataDirectory);
        var passwordFile = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        await PostgresBinaries.RunAsync(PostgresBinaries.Program(
            "initdb", "-D", DataDirectory, "-U", User, "--pwfile", passwordFile, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"));
    }

    private List<string> SettingArguments()
    {
        var all = new Dictionary<string, string>
        {
            ["listen_addresses"] = Host,
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            // Relative to the data directory: the path of a socket must be short.
            ["unix_socket_directories"] = ".",
            ["fsync"] = "on",
            ["max_connections"] = "200",
            ["log_line_prefix"] = "%m [%p] %d ",
        };
        foreach (var (name, value) in _settings)
        {
            all[name] = value;
        }
        return [.. all.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })];
    }

    private async Task<bool> AnswersAsync()
    {
        if (!IsRunning)
        {
            throw new InvalidOperationException($"PostgreSQL does not start:\n{await File.ReadAllTextAsync(LogPath)}");
        }
        try
        {
            return await ReadAsync<int>("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task EndAsync(Action<int> end)
    {
        if (_process is null)
        {
            return;
        }
        var everything = Signals.ChildrenOf(_process.Id).Append(_process.Id).ToList();
        end(_process.Id);
        await Wait.UntilAsync(() => !everything.Exists(Signals.IsRunning), "PostgreSQL is gone", Patience);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        _guard!.Kill();
        _guard.Dispose();
        _guard = null;
    }

    // Ends the server and removes its files when the tests' process ends without doing so: then the other end of its
    // standard input closes.
    private Process StartGuard(int serverId) => Process.Start(new ProcessStartInfo("sh", [
        "-c", GuardScript, serverId.ToString(CultureInfo.InvariantCulture), _directory])
    {
        RedirectStandardInput = true,
        RedirectStandardError = true,
    })!;

    private async Task<NpgsqlConnection> OpenAsync(string? connectionString)
    {
        // Without a pool: a connection of before a crash must not be met after it.
        var settings = new NpgsqlConnectionStringBuilder(connectionString ?? ConnectionString()) { Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Log(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_settings)
        {
            if (Directory.Exists(_directory))
            {
                File.AppendAllText(LogPath, line + Environment.NewLine);
            }
        }
    }
}
