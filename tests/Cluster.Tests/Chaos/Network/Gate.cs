namespace OrleansBilling.Cluster.Tests.Chaos.Network;

/// <summary>Lets everybody through while it is open; others wait until it opens.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public void Set(bool open)
    {
        TaskCompletionSource? opened = null;
        lock (_lock)
        {
            if (open)
            {
                (opened, _closed) = (_closed, null);
            }
            else
            {
                _closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        opened?.SetResult();
    }

    public Task PassAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            return _closed?.Task.WaitAsync(cancel) ?? Task.CompletedTask;
        }
    }
}
