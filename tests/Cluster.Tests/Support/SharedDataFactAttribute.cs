using OrleansBilling.Cluster.Tests.Oracle;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>A fact about the whole data sets. They are too large for the repository: without them it is skipped, and says so.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() =>
        Skip = CheckValues.Exist ? null : "The whole data sets with their check values do not lie beside the checkout.";
}
