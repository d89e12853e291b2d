using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>Imports files into a tenant through the public API.</summary>
/// <param name="client">With the tenant's key; null only for a dry run.</param>
/// <param name="options">What and how.</param>
/// <param name="time">For the pace of saving the state.</param>
public sealed class ImportRunner(BillingClient? client, ImportOptions options, TimeProvider time)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<(int File, long Line, string Reason)> _refusedLater = new();
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);

    /// <summary>Figures, also while it runs.</summary>
    public ImportCounters Counters { get; } = new();

    /// <summary>The first events, for a dry run to show.</summary>
    public IReadOnlyList<MappedEvent> FirstEvents { get; private set; } = [];

    /// <summary>Why progress cannot be remembered; null when it can, or need not.</summary>
    public string? StateProblem { get; private set; }

    /// <summary>Runs to the end, or fails with everything acknowledged so far remembered.</summary>
    /// <exception cref="UsageException">The map, a file or the options do not fit.</exception>
    /// <exception cref="ApiException">The server refused or did not answer.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        try
        {
            await ImportAsync(cancel);
        }
        finally
        {
            Counters.Took = time.GetElapsedTime(started);
        }
    }

    private async Task ImportAsync(CancellationToken cancel)
    {
        if (options.DryRun)
        {
            DryRun(cancel);
            return;
        }

        ArgumentNullException.ThrowIfNull(client);
        var state = options.State is { } path
            ? new ImportState(path, ImportState.Fingerprint(client.Url, client.Key, options))
            : null;
        var resumeAt = state?.Load() ?? 0;
        using var rejects = new RejectsFile(options.Rejects, append: resumeAt > 0);
        rejects.Begin();
        var source = new ImportSource(options, Counters, rejects, resumeAt);
        if (options.Register)
        {
            await RegisterAsync(cancel);
        }

        var clock = options.FollowClock ? await TestClock.OpenAsync(client, options.Sort, cancel) : null;
        var acknowledged = new AcknowledgedPrefix(resumeAt);
        var sender = new EventSender(client, options.Batch, options.Parallel, clock, acknowledged, Answered(rejects));
        try
        {
            await SendAsync(source, sender, state, acknowledged, resumeAt, cancel);
        }
        finally
        {
            await sender.SettleAsync();
            Save(state, acknowledged.Value);
            Counters.ClockMoves = clock?.Moves ?? 0;
            Counters.Retries = client.Retries;
        }

        WriteRefusals(source, rejects);
        Forget(state);
    }

    private async Task SendAsync(
        ImportSource source,
        EventSender sender,
        ImportState? state,
        AcknowledgedPrefix acknowledged,
        long resumeAt,
        CancellationToken cancel)
    {
        var lastSave = time.GetTimestamp();
        foreach (var usage in source.Outgoing())
        {
            if (usage.Sequence < resumeAt)
            {
                Counters.Resumed++;
                continue;
            }

            await sender.AddAsync(usage, cancel);
            if (state is not null && (usage.Sequence & 255) == 0 && time.GetElapsedTime(lastSave) >= SaveEvery)
            {
                Save(state, acknowledged.Value);
                lastSave = time.GetTimestamp();
            }
        }

        await sender.FlushAsync(cancel);
    }

    private void DryRun(CancellationToken cancel)
    {
        using var rejects = new RejectsFile(options.Rejects, append: false);
        rejects.Begin();
        var first = new List<MappedEvent>();
        foreach (var (usage, _, _, _) in new ImportSource(options, Counters, rejects).Mapped())
        {
            cancel.ThrowIfCancellationRequested();
            Counters.Events++;
            if (first.Count < 5)
            {
                first.Add(usage);
            }
        }

        FirstEvents = first;
    }

    private Action<OutgoingEvent, EventResult> Answered(RejectsFile rejects) => (usage, result) =>
    {
        Counters.Answer(result.Status, result.Reason);
        if (result.Status is "accepted" or "duplicate" or "late")
        {
            return;
        }

        var reason = $"{result.Status}: {result.Reason ?? "no reason given"}";
        if (usage.Raw is { } raw)
        {
            rejects.Add(options.Files[usage.File], usage.Line, reason, raw);
        }
        else
        {
            _refusedLater.Enqueue((usage.File, usage.Line, reason));
        }
    };

    /// <summary>A sorted import does not hold the rows; the few that are needed are read again.</summary>
    private void WriteRefusals(ImportSource source, RejectsFile rejects)
    {
        if (_refusedLater.IsEmpty || options.Rejects is null)
        {
            return;
        }

        var reasons = _refusedLater.ToLookup(refusal => (refusal.File, refusal.Line), refusal => refusal.Reason);
        foreach (var (file, line, raw) in source.FindRows(_refusedLater.ToLookup(r => r.File, r => r.Line)))
        {
            foreach (var reason in reasons[(file, line)])
            {
                rejects.Add(options.Files[file], line, reason, raw);
            }
        }
    }

    /// <summary>
    /// Devices are created before their first event, in a pass of their own, so that sending never waits for it.
    /// </summary>
    private async Task RegisterAsync(CancellationToken cancel)
    {
        using var nowhere = new RejectsFile(null, append: false);
        var scan = new ImportSource(options, new ImportCounters(), nowhere);
        foreach (var (usage, _, _, _) in scan.Mapped())
        {
            if (_registered.Add(usage.Device))
            {
                await RegisterAsync(usage.Device, cancel);
            }
        }
    }

    private async Task RegisterAsync(string device, CancellationToken cancel)
    {
        var body = new JsonObject { ["id"] = device };
        if (options.Subscription is { } subscription)
        {
            body["subscription"] = subscription.Replace("{device}", device, StringComparison.Ordinal);
        }

        try
        {
            await client!.PostAsync("v1/devices", body, cancel);
        }
        catch (ApiException known) when (known.Status == HttpStatusCode.Conflict)
        {
            // It exists with a name or an assignment of its own, which stay.
        }
    }

    private void Save(ImportState? state, long acknowledged)
    {
        if (state is null || StateProblem is not null)
        {
            return;
        }

        try
        {
            state.Save(acknowledged);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            StateProblem = unwritable.Message;
        }
    }

    private void Forget(ImportState? state)
    {
        if (state is not null && StateProblem is null)
        {
            state.Delete();
        }
    }
}
