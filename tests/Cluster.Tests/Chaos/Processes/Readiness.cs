using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>Asks processes whether they are ready.</summary>
internal static class Readiness
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <exception cref="TimeoutException">It is not within the limit.</exception>
    public static Task UntilReadyAsync(Uri address, TimeSpan limit) =>
        Wait.UntilAsync(() => IsReadyAsync(address), $"{address} is ready", limit);

    private static async Task<bool> IsReadyAsync(Uri address)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(address, "health/ready"));
            if (answer.IsSuccessStatusCode)
            {
                return true;
            }
        }
        catch (Exception notYet) when (notYet is HttpRequestException or System.Net.Sockets.SocketException or TaskCanceledException)
        {
            // It has not started yet, or hangs.
        }

        await Task.Delay(100);
        return false;
    }
}
