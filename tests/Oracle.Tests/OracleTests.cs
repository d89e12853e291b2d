using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;
using OrleansBilling.Oracle.Running;

namespace OrleansBilling.Oracle;

public class OracleTests
{
    /// <remarks>More by command: <c>tests/oracle --plans 1000000 --seed 1</c>.</remarks>
    [Fact]
    public void The_engine_agrees_with_plain_fractions_over_random_plans_and_usage()
    {
        for (var seed = 1UL; seed <= 20_000; seed++)
        {
            var difference = Comparison.Find(CaseMaker.Make(seed), seed).Difference;
            Assert.True(difference is null, $"seed {seed}: {difference}; tests/oracle --plans 1 --seed {seed} shows it small");
        }
    }

    [Fact]
    public void Every_price_model_is_generated_and_priced()
    {
        Assert.Equal(Enum.GetValues<PriceModel>(), OraclePrices.Models.Keys.Append(PriceModel.Matrix).Order());
        Assert.Equal(Enum.GetValues<PriceModel>(), PriceMaker.Models.Order());
    }
}
