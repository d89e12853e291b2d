using System.Globalization;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Compares a chain with itself and with the documents that partitions have.</summary>
internal sealed class ChainVerification(string? legalEntity)
{
    private const int MaxFindings = 1_000;

    private readonly List<ChainEntry> _entries = [];
    private readonly Dictionary<string, long> _sequenceOf = new(StringComparer.Ordinal);
    private readonly HashSet<long> _seen = [];
    private readonly Dictionary<string, long> _lastOf = new(StringComparer.Ordinal);
    private readonly List<ChainFinding> _findings = [];
    private string _head = DocumentChain.Start;

    /// <summary>The next link, in the order of the chain.</summary>
    public void Take(ChainEntry entry)
    {
        var seal = entry.Seal;
        if (DocumentChain.Next(_head, seal.DocumentHash, seal.Number) != seal.Hash)
        {
            Find("link.broken", seal.Number, $"Link {seal.Sequence} is not what the link before it and the document's hash make.");
        }
        CheckNumber(seal.Number);
        // What follows is compared with what is stored, so that one fault is told once.
        _head = seal.Hash;
        _entries.Add(entry);
        _sequenceOf[seal.Number] = seal.Sequence;
    }

    /// <summary>A document that a partition has. Take all links first.</summary>
    public void Take(StoredDocument document)
    {
        var seal = document.Seal;
        if (!_sequenceOf.TryGetValue(seal.Number, out var sequence))
        {
            Find("document.inserted", seal.Number, $"Customer '{document.Customer}' has it; the chain does not.");
            return;
        }
        var entry = _entries[(int)sequence - 1];
        if (!_seen.Add(sequence))
        {
            Find("document.inserted", seal.Number, $"Customer '{document.Customer}' has it a second time.");
        }
        else if (document.Hash != entry.Seal.DocumentHash)
        {
            Find("document.changed", seal.Number, $"Its bytes hash to {document.Hash}; sealed was {entry.Seal.DocumentHash}.");
        }
        else if (seal != entry.Seal || document.Customer != entry.Customer)
        {
            Find("document.moved", seal.Number, $"It says another place than the chain: link {seal.Sequence} of '{document.Customer}'.");
        }
    }

    public ChainReport Report()
    {
        foreach (var entry in _entries.Where(e => !_seen.Contains(e.Seal.Sequence)))
        {
            Find("document.missing", entry.Seal.Number, $"Customer '{entry.Customer}' does not have it.");
        }
        return new(legalEntity, _entries.Count, _head, [.. _findings]);
    }

    /// <summary>Numbers of a series come one after the other.</summary>
    private void CheckNumber(string number)
    {
        var digits = number.AsSpan()[(number.LastIndexOf('-') + 1)..];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            Find("number.gap", number, "It does not end with digits.");
            return;
        }
        var prefix = number[..^digits.Length];
        if (_lastOf.TryGetValue(prefix, out var last) && value != last + 1)
        {
            Find("number.gap", number, $"It follows {prefix}{last:D6}.");
        }
        _lastOf[prefix] = value;
    }

    private void Find(string code, string number, string message)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(new(code, number, message));
        }
    }
}
