using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>A line of a bill that wallets pay.</summary>
/// <param name="Subscription">Id of the subscription.</param>
/// <param name="Charge">Id of the charge.</param>
/// <param name="Source">Null where it is for no usage, and where that was not told.</param>
/// <param name="Amount">May be negative.</param>
/// <param name="UsageEnd">End of the billing period that it is for, where that is not the bill's.</param>
public sealed record BillLine(
    string Subscription, string Charge, LineSource? Source, Money Amount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? UsageEnd = null);
