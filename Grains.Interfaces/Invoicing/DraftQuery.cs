using NodaTime;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Asks a partition for drafts.</summary>
/// <param name="Hold">Only those that wait for this reason; null for all.</param>
/// <param name="From">Only of periods that end then or later; null for all.</param>
/// <param name="To">Only of periods that end before; null for all.</param>
/// <param name="IsHeld">Whether only those that something holds.</param>
/// <param name="After">A <see cref="DraftView.Place"/>; null for the first.</param>
/// <param name="Limit">Answers, at most.</param>
[GenerateSerializer, Immutable, Alias("billing.draft-query")]
public sealed record DraftQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string? Hold,
    [property: Id(2)] Instant? From,
    [property: Id(3)] Instant? To,
    [property: Id(4)] bool IsHeld,
    [property: Id(5)] string? After,
    [property: Id(6)] int Limit);
