import { inCategory, like, multiline, optional, secret, text, url } from '../template.ts';

const queue = inCategory('Queues and streams');

export const queues = [
  queue('rabbitmq', 'RabbitMQ', secret('RABBITMQ_URL', 'Address', 'With user, password and virtual host', like('^amqps?://'))),
  queue(
    'kafka',
    'Apache Kafka',
    text('KAFKA_BROKERS', 'Brokers', 'host:port, with commas'),
    text('KAFKA_SASL_USERNAME', 'SASL user', 'Where the cluster asks for one', optional),
    secret('KAFKA_SASL_PASSWORD', 'SASL password', 'Of that user', optional),
  ),
  queue(
    'confluent-cloud',
    'Confluent Cloud',
    text('CONFLUENT_BOOTSTRAP_SERVERS', 'Bootstrap server', 'Cluster settings'),
    text('CONFLUENT_API_KEY', 'API key', 'Of the cluster, not of the cloud'),
    secret('CONFLUENT_API_SECRET', 'API secret', 'Shown once, when the key is made'),
  ),
  queue(
    'nats',
    'NATS',
    text('NATS_URL', 'Address', 'nats:// or tls://', like('^(nats|tls|wss?)://')),
    multiline('NATS_CREDS', 'Credentials file', 'JWT and seed, as nsc writes them', optional),
  ),
  queue(
    'mqtt',
    'MQTT broker',
    text('MQTT_URL', 'Address', 'mqtts:// with TLS', like('^(mqtts?|wss?)://')),
    text('MQTT_USERNAME', 'User', 'Of the device or application'),
    secret('MQTT_PASSWORD', 'Password', 'Of that user'),
  ),
  queue(
    'azure-service-bus',
    'Azure Service Bus',
    secret('SERVICEBUS_CONNECTION_STRING', 'Connection string', 'Shared access policies', like('^Endpoint=sb://')),
  ),
  queue(
    'upstash-redis',
    'Upstash Redis',
    url('UPSTASH_REDIS_REST_URL', 'REST address', 'Database, REST API'),
    secret('UPSTASH_REDIS_REST_TOKEN', 'REST token', 'Database, REST API'),
  ),
  queue(
    'pusher',
    'Pusher Channels',
    text('PUSHER_APP_ID', 'App ID', 'App keys'),
    text('PUSHER_KEY', 'Key', 'App keys; browsers may know it'),
    secret('PUSHER_SECRET', 'Secret', 'App keys'),
    text('PUSHER_CLUSTER', 'Cluster', 'Such as eu'),
  ),
  queue(
    'ably',
    'Ably',
    secret('ABLY_API_KEY', 'API key', 'App, API keys; a name and a secret with a colon between', like('^[\\w-]+\\.[\\w-]+:[\\w-]+$')),
  ),
];
