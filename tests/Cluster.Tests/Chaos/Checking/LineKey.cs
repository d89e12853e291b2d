namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What lines add up to: one charge of one subscription in one period, or the part of it with one plan, over all invoices.</summary>
internal readonly record struct LineKey(string Subscription, DateTimeOffset PeriodStart, string Charge)
{
    public override string ToString() => $"{Subscription}, period from {PeriodStart:O}, {Charge}";
}

/// <summary>Sums of lines. A fee has no quantity and no events.</summary>
internal readonly record struct LineSum(decimal Quantity, long Events, decimal Amount)
{
    public LineSum Plus(LineSum other) => new(Quantity + other.Quantity, Events + other.Events, Amount + other.Amount);

    public override string ToString() => $"{Quantity} of {Events} events for {Amount}";
}
