using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Client.Sending;
using Xunit;
using static OrleansBilling.Client.Tests.Readings;

namespace OrleansBilling.Client.Tests.Sending;

public sealed class BatcherTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<PendingUsage?> _events = Channel.CreateUnbounded<PendingUsage?>();
    private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>();

    [Fact]
    public async Task A_batch_goes_out_when_it_is_full()
    {
        var running = Start();

        Enqueue(1, 2, 3, 4);

        Assert.Equal(["r-1", "r-2", "r-3"], await NextAsync());
        await EndAsync(running);
        Assert.Equal(["r-4"], await NextAsync());
    }

    [Fact]
    public async Task A_batch_goes_out_when_its_first_event_has_waited_long_enough()
    {
        var running = Start();
        Enqueue(1, 2);

        var next = _batches.Reader.WaitToReadAsync().AsTask();
        while (!next.IsCompleted)
        {
            // The batch begins to wait some time after it was enqueued.
            _time.Advance(TimeSpan.FromSeconds(60));
            await Task.Yield();
        }

        Assert.Equal(["r-1", "r-2"], await NextAsync());
        Enqueue(3);
        await EndAsync(running);
        Assert.Equal(["r-3"], await NextAsync());
    }

    [Fact]
    public async Task A_flush_closes_the_batch()
    {
        var running = Start();

        Enqueue(1);
        _events.Writer.TryWrite(null);
        _events.Writer.TryWrite(null);
        Enqueue(2);

        Assert.Equal(["r-1"], await NextAsync());
        await EndAsync(running);
        Assert.Equal(["r-2"], await NextAsync());
        Assert.False(await _batches.Reader.WaitToReadAsync());
    }

    private Task Start() => new Batcher(_events.Reader, AllBilled with { Time = _time, MaxBatchEvents = 3, MaxBatchDelay = TimeSpan.FromMinutes(1) })
        .RunAsync(_batches.Writer, default);

    private void Enqueue(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            _events.Writer.TryWrite(new(Reading(number), Reading(number).ToMessage(), null));
        }
    }

    private async Task EndAsync(Task running)
    {
        _events.Writer.Complete();
        await running;
    }

    private async Task<IEnumerable<string>> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return (await _batches.Reader.ReadAsync(limit.Token)).Request.Events.Select(usage => usage.Id);
    }
}
