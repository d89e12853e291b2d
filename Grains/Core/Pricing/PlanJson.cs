using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of plans: the public plan format.</summary>
/// <remarks>
/// Amounts, prices and quantities are decimal strings; JSON numbers are read too when they are exactly a decimal. A
/// property that is not known is an error. Null is the same as absent.
/// </remarks>
public static class PlanJson
{
    /// <summary>Reads a plan; never throws for what a caller may write.</summary>
    public static PlanParseResult Parse(ReadOnlySpan<byte> utf8) =>
        JsonText.Read(utf8.ToArray(), PlanLimits.MaxJsonBytes, ReadPlan, Fail);

    /// <summary>Reads a plan; never throws for what a caller may write.</summary>
    public static PlanParseResult Parse(string json) =>
        JsonText.Read(Encoding.UTF8.GetBytes(json), PlanLimits.MaxJsonBytes, ReadPlan, Fail);

    /// <summary>Reads a plan that is part of a document; pointers begin at the plan.</summary>
    public static PlanParseResult Parse(JsonElement json) => JsonText.Guard(json, ReadPlan, Fail);

    /// <summary>The canonical bytes: same plan, same bytes; parsing them gives the same plan. UTF-8, not indented,
    /// defaults left out, decimals in their shortest form.</summary>
    public static byte[] Serialize(PlanDefinition plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            PlanJsonWriter.Write(writer, plan);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one charge; used for quotes.</summary>
    internal static ChargeDefinition? ReadCharge(JsonElement json, string pointer, List<ValidationError> errors) =>
        ChargeJsonReader.Read(json, pointer, errors, idRequired: false);

    private static PlanParseResult ReadPlan(JsonElement json)
    {
        var errors = new List<ValidationError>();
        var plan = PlanJsonReader.Read(json, errors);
        return errors.Count == 0 ? new(plan, []) : new(null, errors);
    }

    private static PlanParseResult Fail(ValidationError error) => new(null, [error]);
}
