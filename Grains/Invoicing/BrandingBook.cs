using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Looks of a tenant's documents, of which each document keeps the one that it was issued in.</summary>
internal sealed class BrandingBook
{
    private readonly Dictionary<string, List<BrandingSet>> _brandings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogoStored> _logos = new(StringComparer.Ordinal);

    /// <summary>Looks that are kept, of the tenant and of all legal entities.</summary>
    public int Count => _brandings.Values.Sum(b => b.Count);

    /// <summary>Logos that are kept.</summary>
    public int LogoCount => _logos.Count;

    /// <summary>The file of a logo, or null.</summary>
    public byte[]? Logo(string hash) => _logos.GetValueOrDefault(hash)?.File;

    /// <summary>How the next document will look; null where nobody has said.</summary>
    public BrandingSet? Newest(string? legalEntity) => _brandings.GetValueOrDefault(KeyOf(legalEntity))?.LastOrDefault();

    /// <summary>How a document looks: by the word of its legal entity, or else of the tenant; null where neither had said anything.</summary>
    /// <param name="before">Documents that were issued before it.</param>
    public BrandingSet? Of(string? legalEntity, int before) =>
        InForce(legalEntity, before) ?? (legalEntity is null ? null : InForce(null, before));

    /// <summary>Whether saying it again would put it in the place of one that no document has.</summary>
    public bool Replaces(string? legalEntity, int documents) => Newest(legalEntity)?.Documents == documents;

    public BrandingView View(string? legalEntity, BrandingSet? branding) => new(
        legalEntity, branding?.Branding ?? BrandingSpec.None, branding?.Logo, branding?.Logo is { } hash ? _logos[hash].File.Length : 0);

    public void Apply(LogoStored fact) => _logos.TryAdd(fact.Hash, fact);

    public void Apply(BrandingSet fact)
    {
        var key = KeyOf(fact.LegalEntity);
        var all = _brandings.TryGetValue(key, out var known) ? known : _brandings[key] = [];
        if (Replaces(fact.LegalEntity, fact.Documents))
        {
            all.RemoveAt(all.Count - 1);
        }
        all.Add(fact);
        var used = _brandings.Values.SelectMany(b => b).Select(b => b.Logo).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in _logos.Keys.Where(h => !used.Contains(h)).ToArray())
        {
            _logos.Remove(hash);
        }
    }

    /// <summary>Told again in snapshots: a logo right before the first look that has it, since what none has is dropped.</summary>
    public IEnumerable<object> Facts()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var branding in _brandings.Values.SelectMany(b => b))
        {
            if (branding.Logo is { } hash && told.Add(hash))
            {
                yield return _logos[hash];
            }
            yield return branding;
        }
    }

    private BrandingSet? InForce(string? legalEntity, int before) =>
        _brandings.GetValueOrDefault(KeyOf(legalEntity))?.FindLast(b => b.Documents <= before);

    /// <summary>No legal entity has an empty id.</summary>
    private static string KeyOf(string? legalEntity) => legalEntity ?? "";
}
