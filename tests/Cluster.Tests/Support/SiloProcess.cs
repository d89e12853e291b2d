using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>
/// The real server as a process of its own, with its own ports and data directory. It can be killed and started again.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private readonly TempDirectory _data = new();
    private readonly Queue<string> _output = new();
    private Process? _process;

    public SiloProcess()
    {
        Url = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        GrpcUrl = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
    }

    public Uri Url { get; }

    public Uri GrpcUrl { get; }

    /// <summary>The operator key, given to the server so that tests need not read it from its output.</summary>
    public string Key { get; } = "test-operator-key-0123456789abcdef";

    /// <summary>Partitions of a new store; null is the product's default.</summary>
    public int? Partitions { get; init; }

    /// <summary>How long it keeps raw usage and audit entries; null is the product's default.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Where it keeps its log.</summary>
    public string DataPath => _data.Path;

    /// <summary>Last lines it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>A client with the operator key.</summary>
    public BillingClient Client(TimeSpan? retryFor = null) =>
        new(Url, Key, TimeProvider.System, retryFor ?? TimeSpan.FromSeconds(30));

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<SiloProcess> StartNewAsync()
    {
        var silo = new SiloProcess();
        await silo.StartAsync();
        return silo;
    }

    /// <summary>Starts it, again if it was killed, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Binary() },
            WorkingDirectory = _data.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Gateway__HttpUrl"] = Url.ToString().TrimEnd('/'),
                ["Gateway__GrpcUrl"] = GrpcUrl.ToString().TrimEnd('/'),
                ["Gateway__BootstrapKey"] = Key,
                ["Storage__Path"] = Path.Combine(_data.Path, "store"),
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        if (Partitions is { } partitions)
        {
            start.Environment["Storage__Partitions"] = partitions.ToString(CultureInfo.InvariantCulture);
        }
        if (RetentionDays is { } days)
        {
            start.Environment["Storage__RetentionDays"] = days.ToString(CultureInfo.InvariantCulture);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM: it saves snapshots and ends.</summary>
    public async Task StopAsync()
    {
        Signals.Send(_process!.Id, Signals.Terminate);
        await _process.WaitForExitAsync().WaitAsync(StartTimeout);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _data.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartTimeout)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"The server stopped with {_process.ExitCode}.\n{Output}");
            }

            if (await IsReadyAsync(http))
            {
                return;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException($"The server was not ready in {StartTimeout}.\n{Output}");
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or System.Net.Sockets.SocketException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Remember(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > 200)
            {
                _output.Dequeue();
            }
        }
    }

    /// <summary>The server's program.</summary>
    public static string Binary()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "OrleansBilling.Silo.dll");
        return Environment.GetEnvironmentVariable("ORLEANSBILLING_SILO")
            ?? (File.Exists(beside) ? beside : throw new InvalidOperationException($"There is no {beside}."));
    }
}
