using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>Base of tests that write through a <see cref="LogWriter"/> into a file of their own.</summary>
public abstract class LogFixture : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();

    private protected LogFixture() => Store = new(new SqlitePartitionStore(DataPath));

    protected static int PartitionCount => 300;

    private protected HookedStore Store { get; }

    protected LogWriter Writer { get; private set; } = null!;

    protected string DataPath => _directory["billing.db"];

    public async Task InitializeAsync()
    {
        await Store.OpenAsync(PartitionCount, CancellationToken.None);
        Writer = new(Store, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Store.DisposeAsync();
    }

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<PartitionLog> OpenAsync(
        int partition, LogWriter? writer = null, Action<Exception>? onFailed = null)
    {
        var claim = await Store.TakeAsync(partition);
        return (writer ?? Writer).Open(partition, claim.Epoch, claim.LastLsn, onFailed);
    }

    /// <summary>Holds every commit until the result is completed.</summary>
    private protected TaskCompletionSource HoldCommits(out Task reached)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.BeforeAppend = () =>
        {
            arrival.TrySetResult();
            return gate.Task;
        };
        reached = arrival.Task;
        return gate;
    }
}
