using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Legal entities of a tenant, and the numbers and seals given to its documents: each to one key for ever.</summary>
internal sealed class InvoiceSeries
{
    private readonly Dictionary<string, NumberAssigned> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Customer, int Before)> _numbers = new(StringComparer.Ordinal);
    private readonly List<LegalEntitySpec> _legalEntities = [];
    private readonly EntityChain _nobody = new();
    private readonly Dictionary<string, EntityChain> _chains = new(StringComparer.Ordinal);
    private readonly List<NumberAssigned> _facts = [];

    public IReadOnlyList<LegalEntitySpec> LegalEntities => _legalEntities;

    /// <summary>The number given to a key, sealed or not; null for none.</summary>
    public string? NumberOf(string key) => _byKey.GetValueOrDefault(key)?.Number;

    public string? CustomerOf(string number) => _numbers.GetValueOrDefault(number).Customer;

    /// <summary>How documents look.</summary>
    public BrandingBook Brandings { get; } = new();

    /// <summary>Numbers that were given.</summary>
    public int Documents => _numbers.Count;

    /// <summary>Numbers that were given before one; null for one that was not given.</summary>
    public int? DocumentsBefore(string number) => _numbers.TryGetValue(number, out var known) ? known.Before : null;

    public LegalEntitySpec? Find(string legalEntity) => _legalEntities.Find(e => e.Id == legalEntity);

    public LegalEntitySpec? Issuer(string? legalEntity) =>
        legalEntity is null ? _legalEntities.Find(e => e.IsDefault) : Find(legalEntity);

    public EntityChain Chain(string? legalEntity) => legalEntity is null ? _nobody : _chains.GetValueOrDefault(legalEntity) ?? new();

    /// <summary>The seal given to a key; null for none.</summary>
    public DocumentSeal? SealOf(string key) =>
        _byKey.GetValueOrDefault(key) is { Document: not null } fact ? Chain(fact.LegalEntity).SealOf(fact.Number) : null;

    /// <summary>The next number of a series.</summary>
    public string NextNumber(string? legalEntity, DocumentKind kind) =>
        Chain(legalEntity).NextNumber(kind, PrefixOf(legalEntity is null ? null : Find(legalEntity), kind));

    public void Apply(NumberAssigned fact)
    {
        var chain = fact.LegalEntity is null ? _nobody : Chain(fact);
        chain.Take(fact, isNewNumber: !_byKey.ContainsKey(fact.Key));
        _byKey[fact.Key] = fact;
        _numbers.TryAdd(fact.Number, (fact.Customer, _numbers.Count));
        _facts.Add(fact);
    }

    public void Apply(LegalEntitySet fact)
    {
        var at = _legalEntities.FindIndex(e => e.Id == fact.LegalEntity.Id);
        if (at < 0)
        {
            _legalEntities.Add(fact.LegalEntity);
        }
        else
        {
            _legalEntities[at] = fact.LegalEntity;
        }
    }

    public IEnumerable<object> Facts(string tenant) =>
        _legalEntities.Select(e => (object)new LegalEntitySet(tenant, e)).Concat(Brandings.Facts()).Concat(_facts);

    public static string PrefixOf(LegalEntitySpec? legalEntity, DocumentKind kind) => kind switch
    {
        DocumentKind.Invoice => legalEntity?.InvoicePrefix ?? LegalEntityRules.InvoicePrefix,
        DocumentKind.CreditNote => legalEntity?.CreditNotePrefix ?? LegalEntityRules.CreditNotePrefix,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No series has documents of that kind."),
    };

    private EntityChain Chain(NumberAssigned fact) =>
        _chains.TryGetValue(fact.LegalEntity!, out var chain) ? chain : _chains[fact.LegalEntity!] = new();
}
