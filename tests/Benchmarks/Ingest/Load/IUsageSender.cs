namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>Sends a batch over a connection that it shares or not; any number of calls at a time.</summary>
internal interface IUsageSender : IAsyncDisposable
{
    /// <summary>Sends and waits for the acknowledgement.</summary>
    /// <exception cref="InvalidOperationException">Not every event was newly accepted.</exception>
    Task SendAsync(Usage[] batch);
}
