using NodaTime;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What a billing period can come to at most.</summary>
/// <param name="Period">Index in the subscription's calendar.</param>
/// <param name="PeriodEnd">When it ends.</param>
/// <param name="Lines">Of the running bill; behind them what reservations can add to charges.</param>
[GenerateSerializer, Immutable, Alias("billing.period-need")]
public sealed record PeriodNeed([property: Id(0)] int Period, [property: Id(1)] Instant PeriodEnd, [property: Id(2)] BillLine[] Lines);
