using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>How the usage of a case comes: none of it may matter.</summary>
/// <param name="Partitions">How many there are.</param>
/// <param name="Seed">Of order, batches and repetitions; null: each event once, in one batch, in the order of the case.</param>
/// <param name="IsAudited">Whether the log is read again at the end.</param>
/// <param name="Restarts">Whether every partition is restored before each period is closed, from its snapshot or its log; needs what is
/// logged for the audit.</param>
internal readonly record struct Delivery(int Partitions, ulong? Seed = null, bool IsAudited = false, bool Restarts = false)
{
    internal IEnumerable<OracleEvent[]> Batches(OracleEvent[] events)
    {
        if (Seed is not { } seed)
        {
            return [events];
        }

        var dice = new Dice(seed ^ (ulong)events.Length);
        OracleEvent[] sent = [.. events.Concat(events.Where(_ => dice.Chance(40)))];
        for (var i = sent.Length - 1; i > 0; i--)
        {
            var k = dice.Below(i + 1);
            (sent[i], sent[k]) = (sent[k], sent[i]);
        }

        return sent.Chunk(dice.From(1, 5));
    }
}
