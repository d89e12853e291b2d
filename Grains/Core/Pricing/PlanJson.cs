using System.Text.Json;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of plans: the public plan format.</summary>
public static class PlanJson
{
    /// <summary>Reads a plan; never throws for what a caller may write.</summary>
    public static PlanParseResult Parse(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>Reads a plan; never throws for what a caller may write.</summary>
    public static PlanParseResult Parse(string json) => throw new NotImplementedException();

    /// <summary>Reads a plan that is part of a document; pointers begin at the plan.</summary>
    public static PlanParseResult Parse(JsonElement json) => throw new NotImplementedException();

    /// <summary>The canonical bytes: same plan, same bytes; parsing them gives the same plan.</summary>
    public static byte[] Serialize(PlanDefinition plan) => throw new NotImplementedException();
}
