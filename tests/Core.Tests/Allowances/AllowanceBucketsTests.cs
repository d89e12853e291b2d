using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Allowances;

public class AllowanceBucketsTests
{
    private const string Charge = """
        {"id":"d","meter":"units","poolLimitPerDevice":"5","model":"matrix","matrix":{"dimensions":["z"],"rows":[
            {"keys":{"z":"a"},"unitPrice":"1"},{"keys":{"z":"b"},"unitPrice":"1"}]},
          "allowances":[{"id":"own","kind":"device","perDevice":"2"},{"id":"flex","kind":"flex","perDevice":"3","where":{"z":["b"]}}]}
        """;

    /// <summary>
    /// Totals are stored by these numbers: another number would lose what a store holds. Two rows, two combinations of the one scope.
    /// </summary>
    [Fact]
    public void The_numbers_of_buckets_never_change()
    {
        var plan = Compiled(Charge);
        Assert.Equal([65, 66], plan.Presences.Select(p => p.Key.Bucket));
        // Row a in no scope is bucket 0; row b, in the scope, is the second combination of the second row.
        Assert.Equal([0], Buckets("a"));
        Assert.Equal([84], Buckets("b"));
        // Of 9 of a: 2 of its own, 7 that no pool could take. Of 9 of b: 2 of its own, 5 within the limit, 2 beyond it.
        Assert.Equal([(89, 2m)], Covered(0, 9m));
        Assert.Equal([(88, 2m), (92, 2m)], Covered(84, 9m));

        IEnumerable<int> Buckets(string zone)
        {
            var contributions = new List<Contribution>();
            Assert.Null(plan.Contribute("units", Month(2026, 6).Start, 1m, [new("z", zone)], Utc, contributions));
            return contributions.Select(c => c.Key.Bucket);
        }

        IEnumerable<(int, decimal)> Covered(int bucket, decimal used) => plan.Covers.Single()
            .Of(new Dictionary<BucketKey, decimal> { [new(0, bucket)] = used }, _ => 30m, 30)
            .Select(c => (c.Key.Bucket, c.Value)).OrderBy(c => c.Bucket);
    }

    [Fact]
    public void A_plan_has_no_other_buckets()
    {
        var plan = Compiled(Charge);
        Assert.Equal(
            [0, 1, 65, 66, .. Enumerable.Range(81, 16)],
            Enumerable.Range(-1, 200).Where(bucket => plan.HasBucket(new(0, bucket))));
    }
}
