using System.Text.Json.Serialization;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Journals;

/// <summary>
/// One line of the journal: something that a client did, was told, or saw. The checker knows nothing else of the run.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(RunStarted), "run")]
[JsonDerivedType(typeof(TenantCreated), "tenant")]
[JsonDerivedType(typeof(PlanPublished), "plan")]
[JsonDerivedType(typeof(SubscriptionCreated), "subscription")]
[JsonDerivedType(typeof(SubscriptionChanged), "change")]
[JsonDerivedType(typeof(ChangeWithdrawn), "withdrawn")]
[JsonDerivedType(typeof(DeviceAssigned), "device")]
[JsonDerivedType(typeof(ClockAdvanced), "clock")]
[JsonDerivedType(typeof(BatchSent), "sent")]
[JsonDerivedType(typeof(BatchAnswered), "answered")]
[JsonDerivedType(typeof(BatchUnclear), "unclear")]
[JsonDerivedType(typeof(InvoiceSeen), "invoice")]
[JsonDerivedType(typeof(Surprise), "surprise")]
[JsonDerivedType(typeof(FaultBegan), "fault")]
[JsonDerivedType(typeof(FaultEnded), "healed")]
[JsonDerivedType(typeof(ProcessExited), "exited")]
internal abstract record JournalEntry
{
    /// <summary>When it was written down, by the harness's clock.</summary>
    [JsonPropertyName("at")]
    public DateTimeOffset At { get; init; }
}

/// <summary>The first line.</summary>
internal sealed record RunStarted(int Seed, string Settings) : JournalEntry;

/// <summary>A tenant, on the wall clock or on a test clock.</summary>
internal sealed record TenantCreated(string Tenant, bool TestClock) : JournalEntry;

/// <summary>A plan version, as the server numbered it.</summary>
internal sealed record PlanPublished(string Tenant, PlanTerms Plan, int Version) : JournalEntry;

/// <summary>A subscription and the plan version it got.</summary>
internal sealed record SubscriptionCreated(
    string Tenant, string Id, string Customer, string Plan, int Version, DateTimeOffset Start, string Zone) : JournalEntry;

/// <summary>A change of plan that the server promised, and from when on it holds.</summary>
internal sealed record SubscriptionChanged(
    string Tenant, string Subscription, string Change, string Plan, int Version, DateTimeOffset From) : JournalEntry;

/// <summary>A change that the server took back before it began.</summary>
internal sealed record ChangeWithdrawn(string Tenant, string Subscription, string Change) : JournalEntry;

/// <summary>From an instant on a device's usage belongs to a subscription; the first one registers it.</summary>
internal sealed record DeviceAssigned(string Tenant, string Device, string? Subscription, DateTimeOffset From) : JournalEntry;

/// <summary>A test clock's move, once begun and once confirmed.</summary>
internal sealed record ClockAdvanced(string Tenant, DateTimeOffset To, bool Confirmed) : JournalEntry;

/// <summary>Written before the first attempt; later attempts send the same bytes.</summary>
internal sealed record BatchSent(long Batch, string Tenant, BatchPurpose Purpose, SentEvent[] Events) : JournalEntry;

/// <summary>An answer event by event, see <see cref="EventAnswer"/>; refusals carry their reasons in order.</summary>
internal sealed record BatchAnswered(long Batch, string Answers, string[]? Reasons) : JournalEntry;

/// <summary>An attempt whose outcome nobody knows.</summary>
internal sealed record BatchUnclear(long Batch, string Why) : JournalEntry;

/// <summary>An issued invoice, byte for byte as it was answered first.</summary>
internal sealed record InvoiceSeen(string Tenant, string Id, string Body) : JournalEntry;

/// <summary>What no client may ever be told, such as a refusal of something valid.</summary>
internal sealed record Surprise(string Text) : JournalEntry;

/// <summary>The nemesis did something.</summary>
internal sealed record FaultBegan(int Number, string Fault, string Target) : JournalEntry;

/// <summary>It undid it.</summary>
internal sealed record FaultEnded(int Number) : JournalEntry;

/// <summary>A process ended that nobody had told to.</summary>
internal sealed record ProcessExited(string Process, int Code) : JournalEntry;

/// <summary>One event exactly as it is sent, every time.</summary>
internal sealed record SentEvent(
    [property: JsonPropertyName("d")] string Device,
    [property: JsonPropertyName("i")] string Id,
    [property: JsonPropertyName("t")] DateTimeOffset Time,
    [property: JsonPropertyName("v")] string Value);

/// <summary>Why a batch is sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchPurpose>))]
internal enum BatchPurpose
{
    /// <summary>New events.</summary>
    Usage,

    /// <summary>A batch again that was acknowledged before: it must change nothing.</summary>
    Repeat,

    /// <summary>Known ids with other values: each must be a conflict.</summary>
    Conflict,

    /// <summary>At the end: what was refused for its time before.</summary>
    Settle,
}
