using System.Globalization;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Documents of one legal entity in the order in which they were sealed; numbers of each kind are consecutive from 1.</summary>
internal sealed class EntityChain
{
    private readonly List<NumberAssigned> _sealed = [];
    private readonly Dictionary<string, int> _placeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentKind, int> _numbers = [];

    /// <summary>The newest link.</summary>
    public string Head => _sealed.Count == 0 ? DocumentChain.Start : _sealed[^1].Link!;

    public string NextNumber(DocumentKind kind, string prefix) =>
        prefix + (_numbers.GetValueOrDefault(kind) + 1).ToString("D6", CultureInfo.InvariantCulture);

    /// <param name="isNewNumber">False for one of an earlier version of this program, which is sealed now.</param>
    public void Take(NumberAssigned fact, bool isNewNumber)
    {
        if (isNewNumber)
        {
            _numbers[fact.Kind] = _numbers.GetValueOrDefault(fact.Kind) + 1;
        }
        if (fact.Document is not null)
        {
            _placeOf[fact.Number] = _sealed.Count;
            _sealed.Add(fact);
        }
    }

    public DocumentSeal SealOf(string number) => SealAt(_placeOf[number]);

    public IEnumerable<ChainEntry> Entries(long after, int limit)
    {
        for (var i = (int)Math.Clamp(after, 0, _sealed.Count); i < _sealed.Count && limit > 0; i++, limit--)
        {
            yield return new(SealAt(i), _sealed[i].Kind, _sealed[i].Customer);
        }
    }

    private DocumentSeal SealAt(int place)
    {
        var fact = _sealed[place];
        return new(
            fact.Number, fact.LegalEntity, place + 1, fact.Document!, place == 0 ? DocumentChain.Start : _sealed[place - 1].Link!, fact.Link!);
    }
}
