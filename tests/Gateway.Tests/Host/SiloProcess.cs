using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>The real host in a process of its own, on free ports and an empty directory of its own.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>The operator key the host is started with.</summary>
    public const string OperatorKey = "tests-operator-key-0123456789";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string> _settings;
    private Process? _process;

    /// <summary>Prepares a host; nothing runs yet.</summary>
    /// <param name="settings">More environment variables; they win over the usual ones.</param>
    public SiloProcess(IReadOnlyDictionary<string, string>? settings = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("orleans-billing-").FullName;
        var (http, rpc) = (FreePort(), FreePort());
        (HttpUrl, GrpcUrl) = (new($"http://127.0.0.1:{http}"), new($"http://127.0.0.1:{rpc}"));
        _settings = new()
        {
            ["Gateway__HttpUrl"] = HttpUrl.ToString().TrimEnd('/'),
            ["Gateway__GrpcUrl"] = GrpcUrl.ToString().TrimEnd('/'),
            ["Gateway__BootstrapKey"] = OperatorKey,
            ["Storage__Path"] = Path.Combine(Directory, "data"),
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            _settings[name] = value;
        }
    }

    /// <summary>Everything the process keeps; deleted with it.</summary>
    public string Directory { get; }

    /// <summary>Where HTTP is served.</summary>
    public Uri HttpUrl { get; }

    /// <summary>Where gRPC is served.</summary>
    public Uri GrpcUrl { get; }

    /// <summary>What the process wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Of the process that runs.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process!.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process!.ExitCode;

    /// <summary>A client with a key, or without one.</summary>
    public HttpClient Client(string? key)
    {
        var client = new HttpClient { BaseAddress = HttpUrl, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        using var client = Client(null);
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            if (_process!.HasExited || watch.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"The host did not become ready.\n{Output}");
            }
            await Task.Delay(100);
        }
    }

    /// <summary>Starts the process without waiting.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "OrleansBilling.Silo.dll") },
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator sends it.</summary>
    public async Task TellToStopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task WaitForExitAsync(TimeSpan limit) =>
        await _process!.WaitForExitAsync(new CancellationTokenSource(limit).Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
        _process?.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
