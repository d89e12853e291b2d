using System.Globalization;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>A silo with its gateway as a process of its own.</summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    public const string OperatorKey = "benchmark-operator-key-0123456789";

    private readonly ServerProcess _process;

    private SiloUnderTest(ServerProcess process, Uri url, Uri grpcUrl) => (_process, Url, GrpcUrl) = (process, url, grpcUrl);

    public Uri Url { get; }

    public Uri GrpcUrl { get; }

    public int ProcessId => _process.Id;

    /// <param name="number">From 0.</param>
    public static SiloUnderTest Start(FleetUnderTest fleet, StoreUnderTest store, int number)
    {
        var (url, grpc) = (FreeUrl(), FreeUrl());
        var settings = new Dictionary<string, string>(store.Settings())
        {
            ["Gateway__HttpUrl"] = url.ToString().TrimEnd('/'),
            ["Gateway__GrpcUrl"] = grpc.ToString().TrimEnd('/'),
            ["Gateway__BootstrapKey"] = OperatorKey,
            ["Gateway__Limits__RequestsPerSecond"] = "0",
            ["Gateway__Limits__EventsPerSecond"] = "0",
            ["Storage__Partitions"] = fleet.Partitions.ToString(CultureInfo.InvariantCulture),
            // As it runs in production; tests turn it off.
            ["DOTNET_TieredPGO"] = "1",
        };
        var silo = Path.Combine(AppContext.BaseDirectory, "OrleansBilling.Silo.dll");
        return new(ServerProcess.Start($"silo{number}", silo, Path.Combine(store.Folder, $"silo{number}.log"), settings), url, grpc);
    }

    public string LogTail() => _process.LogTail();

    /// <exception cref="InvalidOperationException">It ended.</exception>
    public async Task<bool> IsReadyAsync(HttpClient http)
    {
        if (!_process.IsRunning)
        {
            throw new InvalidOperationException($"The server does not start:\n{_process.LogTail()}");
        }
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.KillAsync();
        _process.Dispose();
    }

    private static Uri FreeUrl() => new($"http://127.0.0.1:{FreePorts.Next()}");
}
