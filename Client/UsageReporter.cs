using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Client.Sending;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client;

/// <summary>
/// Reports usage over one lasting stream. Events are batched, sent in order and kept until the server acknowledges them as durable; after a
/// lost connection or a failure that passes, what is not acknowledged is sent again with the same ids. Safe for many threads; one reporter
/// serves a whole process.
/// </summary>
/// <remarks>
/// A failure that does not pass (an unknown key, a missing scope, a refused batch) ends reporting: every call that waits, and each later one,
/// throws <see cref="UsageReportingException"/> with the events that are not acknowledged. Nothing is kept on disk: what must survive the
/// process is the caller's to keep until it is acknowledged.
/// </remarks>
public sealed class UsageReporter : IAsyncDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly UsageReporterOptions _options;
    private readonly GrpcChannel? _ownChannel;
    private readonly PendingQueue _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isStopped;
    private bool _isDisposed;

    /// <summary>Reports to a server over a channel of its own. Nothing is sent before the first event.</summary>
    /// <param name="address">Where the server serves gRPC, such as <c>https://billing.example:8081</c>; <c>http</c> is HTTP/2 without TLS.</param>
    /// <param name="apiKey">A key with the scope <c>ingest</c>.</param>
    /// <param name="options">How to work.</param>
    public UsageReporter(Uri address, string apiKey, UsageReporterOptions options)
        : this(OpenChannel(address, options), apiKey, options)
    {
    }

    /// <summary>Reports with calls of the caller's making, which carry the key: see <see cref="ApiKeyExtensions.WithApiKey"/>.</summary>
    /// <param name="calls">Its channel stays the caller's to dispose.</param>
    /// <param name="options">How to work.</param>
    public UsageReporter(CallInvoker calls, UsageReporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _queue = new(options.MaxPending);
        _running = Task.Run(() => RunAsync(new(calls)));
    }

    private UsageReporter(GrpcChannel channel, string apiKey, UsageReporterOptions options)
        : this(channel.WithApiKey(apiKey), options) => _ownChannel = channel;

    /// <summary>How many events are enqueued and not acknowledged; at most <see cref="UsageReporterOptions.MaxPending"/>.</summary>
    public int PendingCount => _queue.Count;

    /// <summary>Enqueues an event; waits while <see cref="UsageReporterOptions.MaxPending"/> others are not acknowledged. What becomes of
    /// it is told to <see cref="UsageReporterOptions.NotBilled"/>, if it is not billed.</summary>
    /// <exception cref="ArgumentException">The event has more than 4 MiB.</exception>
    /// <exception cref="ObjectDisposedException">The reporter is stopped; the event is not enqueued.</exception>
    /// <exception cref="UsageReportingException">Reporting has ended for good; the event is not enqueued.</exception>
    /// <exception cref="OperationCanceledException">The event is not enqueued.</exception>
    public ValueTask EnqueueAsync(DeviceUsage usage, CancellationToken cancel = default) => AddAsync(usage, null, cancel);

    /// <summary>Enqueues an event and waits for the server's answer to it.</summary>
    /// <param name="usage">One event.</param>
    /// <param name="cancel">Ends the waiting; an event that is enqueued by then is still sent.</param>
    /// <returns>What became of it, durably.</returns>
    /// <inheritdoc cref="EnqueueAsync" path="exception"/>
    public async Task<UsageResult> ReportAsync(DeviceUsage usage, CancellationToken cancel = default)
    {
        var answer = new TaskCompletionSource<UsageResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await AddAsync(usage, answer, cancel);
        return await answer.Task.WaitAsync(cancel);
    }

    /// <summary>Sends what waits for its batch at once, and waits until all that is enqueued now is acknowledged.</summary>
    /// <exception cref="UsageReportingException">Reporting has ended for good.</exception>
    public Task FlushAsync(CancellationToken cancel = default) => _queue.FlushAsync().WaitAsync(cancel);

    /// <summary>Takes no more events, and waits until all are acknowledged.</summary>
    /// <param name="within">How long to wait; zero gives up at once what is not acknowledged.</param>
    /// <returns>Events that are not acknowledged, in the order they were enqueued: empty when all went well.</returns>
    public async Task<IReadOnlyList<DeviceUsage>> StopAsync(TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        var unacknowledged = await EndAsync(within);
        _isStopped = true;
        return unacknowledged;
    }

    /// <summary>Stops within <see cref="UsageReporterOptions.DisposeWithin"/>.</summary>
    /// <exception cref="UsageReportingException">Some events are not acknowledged, and neither <see cref="StopAsync"/> nor an earlier
    /// exception has said so.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        var unacknowledged = await EndAsync(_options.DisposeWithin);
        var isTold = _isStopped || _queue.FailureIsTold;
        _ownChannel?.Dispose();
        _stop.Dispose();
        _queue.Dispose();
        if (unacknowledged.Count > 0 && !isTold)
        {
            throw new UsageReportingException("The reporter was disposed before the server answered everything.", unacknowledged, null);
        }
    }

    private ValueTask AddAsync(DeviceUsage usage, TaskCompletionSource<UsageResult>? answer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var pending = new PendingUsage(usage, usage.ToMessage(), answer);
        return pending.Bytes <= Batch.MaxBytes
            ? _queue.AddAsync(pending, cancel)
            : throw new ArgumentException($"The event has {pending.Bytes} bytes; {Batch.MaxBytes} are the most.", nameof(usage));
    }

    private async Task<IReadOnlyList<DeviceUsage>> EndAsync(TimeSpan within)
    {
        _queue.Close();
        try
        {
            await _running.WaitAsync(within, _options.Time);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await _running;
        }
        return _queue.Unacknowledged();
    }

    private async Task RunAsync(UsageService.UsageServiceClient client)
    {
        // One batch is made while the one before it is on its way; more would only be more to wait for in a flush.
        var batches = Channel.CreateBounded<Batch>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var batching = new Batcher(_queue.Unbatched, _options).RunAsync(batches.Writer, end.Token);
        try
        {
            await new Sender(client, _queue, batches.Reader, _options).RunAsync(end.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _queue.Fail("The reporter was stopped before the server answered.", null);
        }
        catch (Exception failure)
        {
            _queue.Fail(Failure.Describe(failure), failure);
        }
        await end.CancelAsync();
        await batching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static GrpcChannel OpenChannel(Uri address, UsageReporterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return GrpcChannel.ForAddress(address, new()
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(10),
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
            DisposeHttpClient = true,
            InitialReconnectBackoff = options.FirstRetryDelay,
            MaxReconnectBackoff = options.MaxRetryDelay,
            MaxReceiveMessageSize = MaxAnswerBytes,
        });
    }
}
