using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>Base of tests that write through a <see cref="LogWriter"/> into a store of their own.</summary>
public abstract class LogFixture<TPlace> : IAsyncLifetime
    where TPlace : IStorePlace, new()
{
    protected static int PartitionCount => 300;

    protected TPlace Place { get; } = new();

    private protected HookedStore Store { get; private set; } = null!;

    protected LogWriter Writer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Place.PrepareAsync();
        Store = new(Place.CreateStore());
        await Store.OpenAsync(PartitionCount, CancellationToken.None);
        Writer = new(Store, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Store.DisposeAsync();
        await Place.DisposeAsync();
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
