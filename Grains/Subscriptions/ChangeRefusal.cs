using NodaTime;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>The newest change that was refused because usage was rated already. Stored.</summary>
/// <param name="Earliest">The earliest instant that would have been possible.</param>
/// <param name="Reason">Why it is impossible whenever it begins; null otherwise.</param>
internal sealed record ChangeRefusal(string Id, Instant Earliest, string? Reason = null);
