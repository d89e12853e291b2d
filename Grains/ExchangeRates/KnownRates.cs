using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Grains.ExchangeRates;

/// <summary>
/// Rates that turns of a partition may use. A turn cannot wait for another grain: it notes what it misses and is taken again when that
/// was asked for. Most invoices need none, and then nothing is asked.
/// </summary>
internal sealed class KnownRates
{
    private readonly Dictionary<RateNeed, ExchangeRate?> _answers = [];
    private readonly HashSet<RateNeed> _missing = [];

    /// <summary>Whether something was looked up that nobody has asked for yet: what was made of it means nothing.</summary>
    public bool IsIncomplete => _missing.Count > 0;

    /// <summary>The rate; null where there is none, and where nobody has asked yet.</summary>
    public ExchangeRate? Find(RateNeed need)
    {
        if (_answers.TryGetValue(need, out var known))
        {
            return known;
        }
        _missing.Add(need);
        return null;
    }

    /// <summary>Asks for what was missing.</summary>
    /// <returns>Whether something was.</returns>
    public async Task<bool> Learn(IGrainFactory grains, string tenant)
    {
        RateNeed[] missing = [.. _missing];
        _missing.Clear();
        if (missing.Length == 0)
        {
            return false;
        }
        var answers = await grains.GetGrain<IExchangeRatesGrain>(tenant).Find(missing);
        foreach (var (i, need) in missing.Index())
        {
            _answers[need] = answers[i];
        }
        return true;
    }

    /// <summary>Reads something until no rate is missing.</summary>
    public static async Task<T> Read<T>(IGrainFactory grains, string tenant, Func<KnownRates, Task<T>> read)
    {
        var rates = new KnownRates();
        while (true)
        {
            var result = await read(rates);
            if (!await rates.Learn(grains, tenant))
            {
                return result;
            }
        }
    }
}
