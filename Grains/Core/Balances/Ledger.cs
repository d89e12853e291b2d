using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Balances;

/// <summary>
/// A customer's wallets and the sums of the journal's postings. No balance has another source, so applying the same entries again
/// gives the same balances.
/// </summary>
public sealed class Ledger(Currency currency)
{
    private readonly Dictionary<string, Wallet> _wallets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Wallet, string Id), CreditGrant> _grants = [];
    private readonly Dictionary<string, Money> _balances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string? Grant), Money> _parts = [];

    /// <summary>Of all amounts.</summary>
    public Currency Currency => currency;

    /// <summary>Every wallet, in the order of opening.</summary>
    public IReadOnlyCollection<Wallet> Wallets => _wallets.Values;

    /// <summary>Every grant, ended ones too, in the order of granting.</summary>
    public IReadOnlyCollection<CreditGrant> Grants => _grants.Values;

    /// <summary>Whether some money asks for more of a line than the id of its charge.</summary>
    public bool NeedsSources => _wallets.Values.Any(w => w.Scope?.NeedsSource() == true) || _grants.Values.Any(g => g.Scope?.NeedsSource() == true);

    /// <summary>Whether reservations end where the money ends.</summary>
    public bool Blocks => _wallets.Values.Any(w => w.OnEmpty == WhenEmpty.Block);

    /// <summary>Sums of postings by account.</summary>
    public IReadOnlyDictionary<string, Money> Balances => _balances;

    /// <summary>The wallet of that id, or null.</summary>
    public Wallet? Find(string wallet) => _wallets.GetValueOrDefault(wallet);

    /// <summary>The grant of that id, or null.</summary>
    public CreditGrant? Find(string wallet, string grant) => _grants.GetValueOrDefault((wallet, grant));

    /// <summary>Adds a wallet; its balance is zero.</summary>
    public void Open(Wallet wallet)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        _wallets.Add(wallet.Id, wallet);
    }

    /// <summary>Adds a grant; its money comes by its postings.</summary>
    public void Add(CreditGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        _grants.Add((grant.Wallet, grant.Id), grant);
    }

    /// <summary>Adds the postings of an entry to the balances.</summary>
    /// <exception cref="InvalidOperationException">They do not add up to zero, or are of another currency.</exception>
    public void Post(IReadOnlyCollection<Posting> postings)
    {
        if (Postings.Sum(postings, currency) is { MinorUnits: not 0 } sum)
        {
            throw new InvalidOperationException($"The postings add up to {sum} {currency}, not to zero.");
        }
        foreach (var (account, grant, amount) in postings)
        {
            _balances[account] = Balance(account) + amount;
            _parts[(account, grant)] = Part(account, grant) + amount;
        }
    }

    /// <summary>Posted credits less posted debits of an account.</summary>
    public Money Balance(string account) => _balances.TryGetValue(account, out var sum) ? sum : Money.Zero(currency);

    /// <summary>What is unused of a grant.</summary>
    public Money Left(CreditGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Part(Accounts.OfWallet(grant.Wallet), grant.Id);
    }

    /// <summary>How far a wallet is overdrawn; not negative.</summary>
    public Money Owed(string wallet) => -Part(Accounts.OfWallet(wallet), null);

    /// <summary>All that can be drawn now, as a copy that draws do not take from the ledger.</summary>
    public Purse Purse() => new(
        currency,
        _grants.Values.Select(g => (g, Left(g))),
        _wallets.Values.Select(w => (w, w.CreditLimit - Owed(w.Id))));

    private Money Part(string account, string? grant) =>
        _parts.TryGetValue((account, grant), out var sum) ? sum : Money.Zero(currency);
}
