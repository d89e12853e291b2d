namespace OrleansBilling.Gateway.Outgoing;

/// <summary>
/// Makes the clients for every call that the gateway makes to an address that somebody could choose. They go only where
/// <see cref="OutgoingOptions"/> lets them, follow no redirect, use no proxy and no cookies, and take a bounded answer in a bounded time.
/// </summary>
internal sealed class OutgoingClients(OutgoingOptions options, Func<string, CancellationToken, Task<System.Net.IPAddress[]>>? resolve = null)
{
    private const int LongestHeadersKiB = 32;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>A connection is not used for longer, so that a name is asked again.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly OutgoingConnector _connector = new(options, resolve);

    /// <summary>A client; whoever asks for it disposes of it.</summary>
    /// <param name="within">From the call to the last byte of the answer.</param>
    /// <param name="longestAnswer">In bytes; what is longer fails.</param>
    public HttpClient Create(TimeSpan within, long longestAnswer) => new(new Bounded(longestAnswer) { InnerHandler = Connecting() })
    {
        Timeout = within,
        MaxResponseContentBufferSize = longestAnswer,
    };

    private SocketsHttpHandler Connecting() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = ConnectWithin,
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseHeadersLength = LongestHeadersKiB,
        ConnectCallback = _connector.ConnectAsync,
    };

    /// <summary>Reads the whole answer before anybody sees it, also for callers that ask for headers first: only so size and time are bounded.</summary>
    private sealed class Bounded(long longestAnswer) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(longestAnswer, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
