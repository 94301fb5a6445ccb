package mlops.features.online;

/** What a Redis does with a record in one step: other clients see it before or after. */
final class RedisScript {

  /**
   * KEYS: the name. ARGV: the field of the second, the second, the mark's field, the mark, event
   * and created in microseconds, start and end of the window that is replaced, when it ends (or
   * empty), how many fields have values, those with their values, then the fields that are null.
   */
  static final String PUT =
      """
      local second = tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
      if second then
        local mark = redis.call('HGET', KEYS[1], ARGV[3])
        local event, created = second * 1000000, -1e300
        if mark then
          local e, c = string.match(mark, '^(%-?%d+) (%S+)')
          if math.floor(tonumber(e) / 1000000) == second then
            event, created = tonumber(e), tonumber(c) or -1e300
          end
        end
        local replaced = event >= tonumber(ARGV[7]) and event < tonumber(ARGV[8])
        local newer = event > tonumber(ARGV[5]) or
          event == tonumber(ARGV[5]) and created > (tonumber(ARGV[6]) or -1e300)
        if newer and not replaced then
          return 0
        end
      end
      local count = tonumber(ARGV[10])
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4])
      for i = 11, 10 + 2 * count, 2 do
        redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
      end
      for i = 11 + 2 * count, #ARGV do
        redis.call('HDEL', KEYS[1], ARGV[i])
      end
      if ARGV[9] == '' then
        redis.call('PERSIST', KEYS[1])
      else
        redis.call('EXPIREAT', KEYS[1], ARGV[9])
      end
      return 1
      """;

  private RedisScript() {}
}
