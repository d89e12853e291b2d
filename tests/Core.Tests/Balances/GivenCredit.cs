using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Core.Tests.Balances;

/// <summary>Short ways to say what is in a wallet.</summary>
internal static class GivenCredit
{
    public static readonly Currency Eur = Currency.FromCode("EUR");
    public static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    public static readonly Instant February = Instant.FromUtc(2026, 2, 1, 0, 0);
    public static readonly Instant March = Instant.FromUtc(2026, 3, 1, 0, 0);

    public static Money Euro(decimal amount) => Money.FromExact(amount, Eur, LineRounding.HalfEven);

    public static Ledger Ledger(params Wallet[] wallets)
    {
        var ledger = new Ledger(Eur);
        foreach (var wallet in wallets)
        {
            ledger.Open(wallet);
        }
        return ledger;
    }

    public static Wallet Wallet(string id, int priority = 100, Instant? expiresAt = null, decimal creditLimit = 0m) =>
        new(id, priority, expiresAt, Euro(creditLimit), Start);

    /// <summary>Grants to a wallet as the product does.</summary>
    public static Ledger Granted(
        this Ledger ledger, string wallet, string id, CreditKind kind, decimal amount, Instant? expiresAt = null, int priority = 100,
        Instant? at = null)
    {
        var grant = new CreditGrant(wallet, id, kind, Euro(amount), priority, expiresAt, at ?? Start, null);
        var postings = Postings.OfGrant(grant, ledger.Owed(wallet));
        ledger.Add(grant);
        ledger.Post(postings);
        return ledger;
    }

    /// <summary>Grants promotional money that pays only some lines.</summary>
    public static Ledger Scoped(this Ledger ledger, string wallet, string id, decimal amount, CreditScope? scope)
    {
        var grant = new CreditGrant(wallet, id, CreditKind.Promotional, Euro(amount), 100, null, Start, null, scope);
        ledger.Add(grant);
        ledger.Post(Postings.OfGrant(grant, ledger.Owed(wallet)));
        return ledger;
    }

    /// <summary>Draws as a text: <c>wallet/grant amount</c>.</summary>
    public static string[] Texts(IEnumerable<WalletDraw> draws) => [.. draws.Select(d => $"{d.Wallet}/{d.Grant ?? "limit"} {d.Amount}")];

    /// <summary>Postings as a text: <c>account/grant amount</c>.</summary>
    public static string[] Texts(IEnumerable<Posting> postings) =>
        [.. postings.Select(p => p.Grant is null ? $"{p.Account} {p.Amount}" : $"{p.Account}/{p.Grant} {p.Amount}")];
}
