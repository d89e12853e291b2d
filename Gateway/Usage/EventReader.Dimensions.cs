using System.Text.Json;

namespace OrleansBilling.Gateway.Usage;

/// <content>Dimensions: kept sorted by name, so that their order in the request makes no difference.</content>
internal ref partial struct EventReader
{
    private void ReadDimensions(ref Utf8JsonReader json, string parent)
    {
        Begin(ref json, EventFields.Dimensions, "dimensions");
        if (json.TokenType == JsonTokenType.Null)
        {
            return;
        }
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            Fail(EventFault.DimensionsInvalid, $"{parent}/dimensions");
            return;
        }
        var read = new DimensionList();
        var count = 0;
        var valid = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = ShortText(ref json);
            json.Read();
            var value = ShortText(ref json);
            json.Skip();
            valid &= name is not null && value is not null && count < UsageLimits.MaxDimensions;
            if (valid)
            {
                read[count++] = new(name!, value!);
            }
        }
        Take(read, count, valid, parent);
    }

    /// <summary>A field that is short for the dimension of its name; false for another field.</summary>
    private bool ReadNamedDimension(ref Utf8JsonReader json, string parent)
    {
        if (json.ValueTextEquals("session"u8))
        {
            _session = ReadNamed(ref json, EventFields.Session, parent, Dimensions.Session);
            return true;
        }
        if (json.ValueTextEquals("phase"u8))
        {
            _phase = ReadNamed(ref json, EventFields.Phase, parent, Dimensions.Phase);
            return true;
        }
        if (json.ValueTextEquals("operation"u8))
        {
            _operation = ReadNamed(ref json, EventFields.Operation, parent, Dimensions.Operation);
            return true;
        }
        return false;
    }

    private string? ReadNamed(ref Utf8JsonReader json, EventFields field, string parent, string name)
    {
        Begin(ref json, field, name);
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        var text = ShortText(ref json);
        if (text is null)
        {
            json.Skip();
            Fail(EventFault.NamedDimensionInvalid, $"{parent}/{name}");
        }
        return text;
    }

    private void Take(DimensionList read, int count, bool valid, string parent)
    {
        if (valid && count > 0)
        {
            _dimensions = ((ReadOnlySpan<KeyValuePair<string, string>>)read)[..count].ToArray();
            valid = Dimensions.SortDistinct(_dimensions);
        }
        if (!valid)
        {
            Fail(EventFault.DimensionsInvalid, $"{parent}/dimensions");
        }
    }

    [System.Runtime.CompilerServices.InlineArray(UsageLimits.MaxDimensions)]
    private struct DimensionList
    {
        private KeyValuePair<string, string> _first;
    }
}
