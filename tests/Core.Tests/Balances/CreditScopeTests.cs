using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Pricing;
using static OrleansBilling.Core.Tests.Balances.GivenCredit;

namespace OrleansBilling.Core.Tests.Balances;

/// <summary>ADR 0026: money that pays only some lines; amounts by hand.</summary>
public class CreditScopeTests
{
    private static readonly CreditScope Data = new(["data"], null, null);
    private static readonly CreditScope Eu = new(null, null, new Dictionary<string, IReadOnlyList<string>> { ["zone"] = ["eu", "uk"] });

    [Fact]
    public void The_most_specific_scope_goes_first_whatever_its_priority()
    {
        var ledger = Ledger(Wallet("w"))
            .Granted("w", "any", CreditKind.Promotional, 50m, priority: 1)
            .Scoped("w", "meter", 5m, new(null, ["bytes"], null))
            .Scoped("w", "charge", 3m, Data)
            .Scoped("w", "both", 1m, new(["data"], ["bytes"], null));
        var draws = ledger.Purse().Draw(Euro(20m), February, February, [Line("fee", 8m), Line("data", 12m, new("bytes", null))]);
        Assert.Equal(["w/both 1.00", "w/charge 3.00", "w/meter 5.00", "w/any 11.00"], Texts(draws));
        Assert.Equal(
            ["2: 1.00", "2: 3.00", "2: 5.00", "1: 8.00, 2: 3.00"],
            draws.Select(d => string.Join(", ", d.Lines!.Select(l => $"{l.Line}: {l.Amount}"))));
    }

    [Fact]
    public void Money_with_a_scope_pays_no_more_than_its_lines_come_to()
    {
        var ledger = Ledger(Wallet("w")).Scoped("w", "gift", 30m, Data);
        Assert.Equal(["w/gift 12.00"], Texts(ledger.Purse().Draw(Euro(20m), February, February, [Line("fee", 8m), Line("data", 12m)])));
        Assert.Empty(ledger.Purse().Draw(Euro(8m), February, February, [Line("fee", 8m)]));
        Assert.Empty(ledger.Purse().Draw(Euro(8m), February, February));
    }

    /// <summary>A correction lowers its own charge; a discount of 6.00 on 8.00 and 4.00 leaves half of each; tax adds to all.</summary>
    [Fact]
    public void What_is_negative_lowers_its_own_charge_and_else_all_in_proportion()
    {
        var ledger = Ledger(Wallet("w")).Scoped("w", "gift", 30m, Data);
        Assert.Equal(
            ["w/gift 2.00"],
            Texts(ledger.Purse().Draw(
                Euro(6m), February, February, [Line("fee", 8m), Line("data", 6m), Line("data", -2m), Line("discount", -6m)])));
        Assert.Equal(["w/gift 6.00"], Texts(ledger.Purse().Draw(Euro(18m), February, February, [Line("fee", 8m), Line("data", 4m)])));
    }

    [Fact]
    public void Lines_of_other_subscriptions_are_charges_of_their_own()
    {
        var ledger = Ledger(Wallet("w")).Scoped("w", "gift", 30m, Data);
        BillLine[] lines = [new("a", "data", null, Euro(6m)), new("b", "data", null, Euro(-6m)), new("b", "fee", null, Euro(6m))];
        Assert.Equal(["w/gift 3.00"], Texts(ledger.Purse().Draw(Euro(6m), February, February, lines)));
    }

    [Theory]
    [InlineData("eu", true)]
    [InlineData("eu,uk", true)]
    [InlineData("eu,us", false)]
    [InlineData("", false)]
    public void A_charge_is_in_a_zone_when_it_lets_no_other_through(string zones, bool covered)
    {
        var where = zones.Length == 0 ? null : new WhereClause[] { new("zone", zones.Split(',')) };
        Assert.Equal(covered, Eu.Covers(Line("data", 1m, new("bytes", where))));
        Assert.False(Eu.Covers(Line("fee", 1m)));
    }

    [Fact]
    public void Scopes_are_equal_by_what_they_say()
    {
        Assert.Equal(new CreditScope(["a", "b"], null, null), new CreditScope(["b", "a"], null, null));
        Assert.NotEqual(new CreditScope(["a"], null, null), new CreditScope(null, ["a"], null));
        Assert.NotEqual(Eu, Eu with { Dimensions = new Dictionary<string, IReadOnlyList<string>> { ["zone"] = ["eu"] } });
    }

    /// <summary>Whatever the lines and scopes, nothing is paid twice, nothing beyond its scope, and what each line gets adds up.</summary>
    [Fact]
    public void Any_bill_is_paid_line_by_line() =>
        Gen.Select(Gen.Int[-400, 900].Array[0, 8], Gen.Int[0, 600].Array[1, 5], Gen.Int[0, 3].Array[5], Gen.Int[0, 3_000]).Sample((amounts, grants, scopes, credit) =>
        {
            BillLine[] lines = [.. amounts.Select((a, i) => Line($"c{i % 3}", a / 100m))];
            var due = Euro((amounts.Sum() - credit) / 100m);
            var ledger = Ledger(Wallet("w", creditLimit: 1m));
            for (var i = 0; i < grants.Length; i++)
            {
                ledger.Scoped("w", $"g{i}", (grants[i] + 1) / 100m, scopes[i] == 3 ? null : new([$"c{scopes[i]}"], null, null));
            }
            var draws = ledger.Purse().Draw(due, February, February, lines);
            var all = draws.Sum(d => d.Amount.MinorUnits);
            return all <= Math.Max(0, due.MinorUnits)
                && draws.All(d => d.Amount.MinorUnits > 0 && d.Lines is not null)
                && draws.All(d => d.Lines!.All(l => d.Grant is null || ledger.Find("w", d.Grant)!.Scope?.Covers(lines[l.Line - 1]) != false))
                && draws.All(d => d.Lines!.Sum(l => l.Amount.MinorUnits) == d.Amount.MinorUnits)
                && draws.SelectMany(d => d.Lines!).GroupBy(l => l.Line).All(g =>
                    g.Sum(l => l.Amount.MinorUnits) <= Math.Max(0, lines[g.Key - 1].Amount.MinorUnits))
                && draws.All(d => d.Grant is null || d.Amount.MinorUnits <= ledger.Left(ledger.Find("w", d.Grant)!).MinorUnits);
        });

    private static BillLine Line(string charge, decimal amount, LineSource? source = null) => new("s", charge, source, Euro(amount));
}
