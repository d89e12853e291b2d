using System.Runtime.InteropServices;
using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>Reads items of a job, each by itself: a fault of one becomes its result.</summary>
internal sealed class JobItemReader(string kind)
{
    /// <summary>
    /// Bytes of one item's JSON. The largest that makes sense, a device with 16 identifiers, has some 4,000.
    /// </summary>
    public const int MaxItemBytes = 16 * 1024;

    private const int MaxMessage = 200;

    private readonly List<ProblemError> _errors = [];

    /// <summary>Items read so far.</summary>
    public List<JobItem> Items { get; } = [];

    /// <summary>Reads an item as JSON, which may be anything.</summary>
    /// <param name="line">Where it began in the body; 0 where it was no line of its own.</param>
    public void Read(JsonElement json, int line)
    {
        _errors.Clear();
        var raw = JsonMarshal.GetRawUtf8Value(json);
        if (raw.Length > MaxItemBytes)
        {
            _errors.Add(new("job.item_too_large", $"An item has at most {MaxItemBytes} bytes.", ""));
            Add(Faulty(json, line, raw: null));
            return;
        }
        var item = Bound(json);
        Add(_errors.Count == 0 ? item! with { Line = line } : Faulty(json, line, json.GetRawText()));
    }

    /// <summary>Adds an item that makes no sense as a whole.</summary>
    public void Refuse(JsonElement json, int line, string code, string message)
    {
        _errors.Clear();
        _errors.Add(new(code, message, ""));
        Add(Faulty(json, line, json.GetRawText()));
    }

    private void Add(JobItem item)
    {
        if (Items.Count == JobLimits.MaxItems)
        {
            throw new ProblemException(Problem.Invalid(
                "job.too_many_items", $"A job takes at most {JobLimits.MaxItems} items. Send them in parts.",
                "/items"));
        }
        Items.Add(item);
    }

    private JobItem? Bound(JsonElement json)
    {
        try
        {
            return kind switch
            {
                JobKind.Devices => Device(Bind<DeviceBody>(json)),
                JobKind.Assignments => Assignment(Bind<AssignmentItemBody>(json)),
                _ => State(Bind<StateItemBody>(json)),
            };
        }
        catch (InvalidOperationException)
        {
            // A property name with an escaped half of a surrogate pair cannot be made a string.
            _errors.Add(new("request.utf8_broken", "A property name is no valid Unicode text.", ""));
            return null;
        }
    }

    private T? Bind<T>(JsonElement json) where T : class => BodyBinder.Bind(typeof(T), json, "", _errors) as T;

    private JobItem? Device(DeviceBody? body)
    {
        if (_errors.Count > 0 || body is null)
        {
            return null;
        }
        if (DeviceIdentifying.Refusal<DeviceView>(body) is { } refusal)
        {
            _errors.AddRange(refusal.Errors.Select(e => new ProblemError(e.Code, e.Message, e.Pointer)));
        }
        return new(
            body.Id, body.Name, body.Subscription, body.From, body.State,
            body.Identifiers is { Length: > 0 } identifiers ? Array.ConvertAll(identifiers, i => i.Spec) : null);
    }

    private JobItem? Assignment(AssignmentItemBody? body) =>
        _errors.Count > 0 || body is null ? null : new(body.Device, Subscription: body.Subscription, From: body.From);

    private JobItem? State(StateItemBody? body) =>
        _errors.Count > 0 || body is null ? null : new(body.Device, State: body.State, From: body.From);

    private JobItem Faulty(JsonElement json, int line, string? raw)
    {
        var id = BatchItems.IdOf(json, kind == JobKind.Devices ? "id" : "device");
        return new(EntityId.IsValid(id) ? id : null, Line: line, Raw: raw, Faults:
        [
            .. _errors.Take(JobLimits.MaxErrors).Select(e => new CommandError(
                e.Code, e.Message.Length <= MaxMessage ? e.Message : $"{e.Message[..MaxMessage]}…",
                e.Pointer is { Length: <= MaxMessage } pointer ? pointer : null)),
        ]);
    }
}
