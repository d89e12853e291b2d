using OrleansBilling.Core.Taxation;
using static OrleansBilling.Core.Tests.Taxation.GivenTax;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>Every seller's country with every place, class, kind of buyer and set of registrations.</summary>
public class TaxMatrixTests
{
    private static readonly string[] Places =
    [
        "AT", "DE", "FR", "GR", "HU", "GB", "CH", "NO", "US", "US-NY", "US-CA", "US-OR", "CA", "CA-ON", "CA-QC", "CA-BC", "AU", "NZ", "SG", "JP", "IN",
        "IN-KA", "IN-MH", "BR", "MC",
    ];

    private static readonly string[] Classes =
    [
        TaxClasses.Telecommunications, TaxClasses.ElectronicServices, TaxClasses.Services, TaxClasses.Goods, TaxClasses.Electricity,
        TaxClasses.NotASupply,
    ];

    private static readonly Dictionary<string, string> Numbers = new(StringComparer.Ordinal)
    {
        ["AT"] = "ATU13585627", ["DE"] = "DE136695976", ["GB"] = "GB980780684", ["NO"] = "988077917", ["CA"] = "123026635", ["AU"] = "83914571673",
        ["NZ"] = "49091850", ["SG"] = "197401143C", ["IN"] = "27AAPFU0939F1ZV",
    };

    /// <summary>Each is answered with consistent sums, a known rule and a source, or is held with a reason; none fails.</summary>
    [Fact]
    public void Every_supply_is_answered_or_held()
    {
        var (answered, held) = (0, 0);
        foreach (var (seller, place, productClass, kind) in
            from s in Places from p in Places from c in Classes from k in Enum.GetValues<BuyerKind>() select (s, p, c, k))
        {
            foreach (var registrations in Registrations(seller, place))
            {
                var request = Request(
                    Seller(seller[..2], registrations) with { Place = Place(seller) },
                    new(Place(place), kind, kind == BuyerKind.Business ? Numbers.GetValueOrDefault(place[..2]) : null), Day(2026, 1, 31), null,
                    Line("99.95", "EUR", productClass, new(Day(2026, 1, 1), Day(2026, 1, 31))));
                var outcome = Engine.Calculate(request);
                if (outcome.Statement is { } statement)
                {
                    answered++;
                    Assert.Empty(TaxStatementCheck.Problems(request, statement));
                    Assert.All(statement.Breakdown, s => Assert.NotEmpty(s.Explanation.RuleSource));
                    Assert.DoesNotContain(
                        statement.Breakdown, s => s.Key.Category == TaxCategory.Standard && string.IsNullOrEmpty(s.Explanation.RateSource));
                }
                else
                {
                    held++;
                    Assert.All(outcome.Holds, hold => Assert.NotEmpty(hold.Reason));
                }
            }
        }
        Assert.True(answered > 5_000 && held > 5_000, $"{answered} answered, {held} held");
    }

    /// <summary>Who has no registration at all charges nobody anything.</summary>
    [Fact]
    public void Without_registrations_no_tax_is_charged()
    {
        foreach (var (seller, place, productClass) in from s in Places from p in Places from c in Classes select (s, p, c))
        {
            var outcome = Engine.Calculate(Request(
                Seller(seller[..2]) with { Place = Place(seller) }, Consumer(place), Day(2026, 1, 31), null,
                Line("99.95", "EUR", productClass, SupplyPeriod.On(Day(2026, 1, 31)))));
            Assert.Equal(0, outcome.Statement?.Tax.MinorUnits ?? 0);
        }
    }

    /// <remarks>Tax Foundation, State and Local Sales Tax Rates, Midyear 2025, and the table of the Streamlined Sales Tax Governing Board, state
    /// rates.</remarks>
    [Fact]
    public void Every_state_of_the_US_has_its_rate_for_goods()
    {
        const string Rates = "AL 4 AZ 5.6 AR 6.5 CA 7.25 CO 2.9 CT 6.35 FL 6 GA 4 IA 6 ID 6 IL 6.25 IN 7 KS 6.5 KY 6 LA 5 MA 6.25 MD 6 ME 5.5 MI 6 "
            + "MN 6.875 MO 4.225 MS 7 NC 4.75 ND 5 NE 5.5 NJ 6.625 NV 6.85 NY 4 OH 5.75 OK 4.5 PA 6 RI 7 SC 6 SD 4.2 TN 7 TX 6.25 UT 6.1 VA 5.3 "
            + "VT 6 WA 6.5 WI 5 WV 6 WY 4 DC 6";
        var pairs = Rates.Split(' ').Chunk(2).ToList();
        Assert.Equal(44, pairs.Count);
        foreach (var (state, rate) in pairs.Select(pair => ("US-" + pair[0], pair[1])))
        {
            var told = Assert.Single(Month(Seller("US", state), Consumer(state), "USD", 2025, 6, TaxClasses.Goods).Told());
            Assert.StartsWith($"{state} SALES S {rate}: ", told, StringComparison.Ordinal);
        }
        foreach (var state in (string[])["US-AK", "US-DE", "US-MT", "US-NH", "US-OR"])
        {
            Assert.StartsWith(
                $"{state} SALES O 0: ", Month(Seller("US", state), Consumer(state), "USD", 2025, 6, TaxClasses.Goods).Told()[0], StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string[]> Registrations(string seller, string place)
    {
        yield return [];
        yield return [seller, seller[..2]];
        yield return [seller, seller[..2], place, place[..2], "IE:OssUnion", "IE:OssNonUnion"];
        yield return [seller, seller[..2], $"{place[..2]}:ForeignSupplier", $"{place}:NotObliged"];
    }
}
